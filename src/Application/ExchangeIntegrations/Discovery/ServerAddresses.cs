using CleanSync.Application.ExchangeIntegrations.Connecting;
using FluentValidation;

namespace CleanSync.Application.ExchangeIntegrations.Discovery;

/// <summary>The one rule for the shape of every address that is entered, wherever it is entered.</summary>
public static class ServerAddresses
{
    /// <summary>In characters, as it was entered.</summary>
    public const int Longest = 2000;

    /// <summary>Why an address cannot be taken, in words for an admin that repeat nothing of it; null when its shape is right.</summary>
    public static string? WhyRefused(Uri? address, bool allowPlainHttp) => address switch
    {
        null or { IsAbsoluteUri: false } => "Expected a full address, such as https://mail.contoso.example/EWS/Exchange.asmx.",
        _ when address.OriginalString.Length > Longest => $"Expected at most {Longest} characters.",
        _ when !VisibleText.IsOneLine(address.OriginalString) => TextRules.Expected,
        _ when address.Scheme != Uri.UriSchemeHttps && !(allowPlainHttp && address.Scheme == Uri.UriSchemeHttp) =>
            allowPlainHttp
                ? "Expected a full address that begins with https or http."
                : "Expected a full address that begins with https. Plain http is refused, because what travels would be readable."
                    + " A password does with every request.",
        _ when HasUser(address) =>
            "Leave the user name and the password out of the address: they have fields of their own, and an address is shown and logged.",
        _ when address.OriginalString.Contains('?', StringComparison.Ordinal) =>
            "Leave the query out: the address ends before the question mark.",
        _ when address.OriginalString.Contains('#', StringComparison.Ordinal) =>
            "Leave the fragment out: the address ends before the number sign.",
        _ => null,
    };

    /// <summary>Refuses under the field's own name.</summary>
    internal static IRuleBuilderOptionsConditions<T, Uri> IsServerAddress<T>(
        this IRuleBuilder<T, Uri> rule, string field, ConnectionPolicy policy, INetworkAddresses addresses) =>
        rule.Custom((address, context) =>
        {
            if (WhyRefused(address, policy.AllowPlainHttp) is { } shape) context.AddFailure(field, shape);
            else if (addresses.WhyRefused(address.IdnHost) is { } why)
                context.AddFailure(field, $"CleanSync does not connect to {address.IdnHost}: {why}.");
        });

    /// <summary>Also an empty one, which <see cref="Uri.UserInfo"/> does not tell: the @ before the path is what makes a user.</summary>
    private static bool HasUser(Uri address)
    {
        if (address.UserInfo.Length > 0) return true;
        var rest = address.OriginalString[(address.OriginalString.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('/', '\\');
        var end = rest.IndexOfAny(['/', '\\', '?', '#']);
        return (end < 0 ? rest : rest[..end]).Contains('@', StringComparison.Ordinal);
    }
}
