using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using static CleanSync.Infrastructure.Exchange.Diagnosis.PowerShellText;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>What to do about schemes, passwords, Extended Protection, blocked callers and limits.</summary>
internal static class LogonRemedies
{
    private const string Policy = "'CleanSync'";

    private static string Callers => Quote($"{Ews.ProductName}/*");

    public static Remedy OfferBasic(string host) => OnDirectories(
        host,
        "Offer Basic on the EWS virtual directory. It sends the password itself, so over TLS only.",
        "-BasicAuthentication $true",
        "-BasicAuthentication $false");

    public static Remedy OfferNtlm(string host) => OnDirectories(
        host, "Offer NTLM on the EWS virtual directory.", "-WindowsAuthentication $true", "-WindowsAuthentication $false");

    public static Remedy RelaxExtendedProtection(string host) => OnDirectories(
        host,
        "Only if the proxy cannot be changed: switch Extended Protection off for EWS. The logon can then be relayed by whoever stands in between.",
        "-ExtendedProtectionTokenChecking None", "-ExtendedProtectionTokenChecking Require");

    public static Remedy SeeExtendedProtection { get; } = new(
        "See whether Extended Protection is on for EWS.",
        "Get-WebServicesVirtualDirectory | Format-List Server, ExtendedProtectionTokenChecking, ExtendedProtectionFlags");

    public static Remedy NewPassword { get; } =
        new("Check the password of the service account and enter it again. If it is right, send it once more with \"tryCredential\": true.");

    public static Remedy SeeAccount(string user) => new(
        "See whether the account is disabled, locked, or its password has expired.",
        $"Get-ADUser -Identity (Get-User -Identity {Quote(user)}).DistinguishedName -Properties LockedOut, PasswordExpired, PasswordLastSet, Enabled | Format-List Enabled, LockedOut, PasswordExpired, PasswordLastSet");

    public static Remedy Unlock(string user) => new(
        "Unlock the account. Look first who else still uses its old password: it would be locked again.",
        $"Unlock-ADAccount -Identity (Get-User -Identity {Quote(user)}).DistinguishedName");

    public static IReadOnlyList<Remedy> AllowCaller(string user) =>
    [
        new(
            "See who may use EWS: by caller (user agent), and for this account.",
            $"Get-OrganizationConfig | Format-List Ews*; Get-CASMailbox -Identity {Quote(user)} | Format-List Ews*"),
        new(
            $"Where EwsApplicationAccessPolicy is EnforceAllowList: allow the caller {Ews.ProductName}/{Ews.ProductVersion}.",
            $"Set-OrganizationConfig -EwsAllowList @{{ Add = {Callers} }}",
            $"Set-OrganizationConfig -EwsAllowList @{{ Remove = {Callers} }}"),
        new(
            "Where it is EnforceBlockList, and the list holds this caller: take it off.",
            $"Set-OrganizationConfig -EwsBlockList @{{ Remove = {Callers} }}",
            $"Set-OrganizationConfig -EwsBlockList @{{ Add = {Callers} }}"),
        new(
            "Where EWS is switched off for the account: switch it on.",
            $"Set-CASMailbox -Identity {Quote(user)} -EwsEnabled $true",
            $"Set-CASMailbox -Identity {Quote(user)} -EwsEnabled $false"),
    ];

    /// <summary>The limits have other names before 2013.</summary>
    public static Remedy RaiseLimits(string user, ExchangeVersion version)
    {
        var limits = version >= ExchangeVersion.Exchange2013
            ? "-ThrottlingPolicyScope Regular -EwsMaxConcurrency 54 -EwsMaxBurst Unlimited -EwsRechargeRate Unlimited -EwsCutoffBalance Unlimited"
            : "-EWSMaxConcurrency 20 -EWSPercentTimeInCAS $null -EWSPercentTimeInAD $null -EWSPercentTimeInMailboxRPC $null";
        var (assign, release) = version >= ExchangeVersion.Exchange2010SP1
            ? (
                $"Set-ThrottlingPolicyAssociation -Identity {Quote(user)} -ThrottlingPolicy {Policy}",
                $"Set-ThrottlingPolicyAssociation -Identity {Quote(user)} -ThrottlingPolicy $null")
            : (
                $"Set-Mailbox -Identity {Quote(user)} -ThrottlingPolicy {Policy}",
                $"Set-Mailbox -Identity {Quote(user)} -ThrottlingPolicy $null");
        return new Remedy(
            "If Exchange asks to wait again and again: give the service account a throttling policy of its own. CleanSync obeys the pauses meanwhile.",
            $"New-ThrottlingPolicy -Name {Policy} {limits}; {assign}",
            $"{release}; Remove-ThrottlingPolicy -Identity {Policy} -Confirm:$false");
    }

    /// <summary>Those directories only whose addresses name this host, on whatever server they are.</summary>
    private static Remedy OnDirectories(string host, string what, string change, string undo)
    {
        var these =
            $"Get-WebServicesVirtualDirectory | Where-Object {{ \"$($_.InternalUrl) $($_.ExternalUrl)\".Contains({Quote($"//{host}")}) }} | Set-WebServicesVirtualDirectory";
        return new Remedy(what, $"{these} {change}", $"{these} {undo}");
    }
}
