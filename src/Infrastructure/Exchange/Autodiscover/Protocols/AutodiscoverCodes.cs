namespace CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

/// <summary>Autodiscover's own error codes in words for an admin (docs/exchange.md, "Autodiscover").</summary>
internal static class AutodiscoverCodes
{
    public static string Words(string code, string mailAddress) => code switch
    {
        "500" or "InvalidUser" =>
            $"Exchange knows no {mailAddress}. Check the address; an account without a mailbox has to be asked for with somebody else's mail address.",
        "501" =>
            $"Exchange knows {mailAddress}, but has no settings for it. Give the account a mailbox, or ask with the mail address of one.",
        "600" or "InvalidRequest" =>
            "The server calls the question malformed. Something in between may change requests; or it speaks another version.",
        "601" => "The server does not know the form of answer that Exchange gives: it is some other mail server's Autodiscover.",
        "602" => $"Exchange says that {mailAddress} is badly configured. Look at the account in the Exchange admin center.",
        "603" or "InternalServerError" => "Exchange failed inside. Its event log says more; try again later.",
        "InvalidSetting" =>
            "The server does not know one of the settings that were asked for: choose an older Exchange version, or enter the address by hand.",
        "SettingIsNotAvailable" =>
            "Exchange has no address of its web services for this account. Set one with Set-WebServicesVirtualDirectory -ExternalUrl, or enter the address by hand.",
        "ServerBusy" => "The server is busy.",
        "InvalidDomain" =>
            $"The server is not responsible for the domain of {mailAddress}. Check the address and the DNS entries of autodiscover.",
        "NotFederated" => "The server answers federated organisations only, and this one is none.",
        "RedirectAddress" or "RedirectUrl" => "The server says that another one is responsible, and not which.",
        _ => "The server refused with a code that CleanSync does not know.",
    };
}
