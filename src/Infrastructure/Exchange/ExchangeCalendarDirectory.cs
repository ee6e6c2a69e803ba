using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>Checks accounts and calendars with GetFolder, the cheapest call that proves address, credential, mailbox and rights.</summary>
internal sealed class ExchangeCalendarDirectory(ExchangeCalls calls) : ICalendarDirectory
{
    public async Task<AccountCheck> CheckAccount(ExchangeIntegration integration, CancellationToken ct)
    {
        calls.Reset(integration);

        // Before any credential leaves: a scheme that is not offered would cost a failed logon to find out.
        var wanted = integration.Authentication is AuthenticationType.Basic ? "Basic" : "NTLM";
        var offered = await calls.OfferedSchemes(integration, ct);
        if (offered.Count > 0 && !offered.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            throw new CalendarFailure(FailureReach.Integration, new SchemeIsNotOffered(wanted, string.Join(", ", offered)));

        var folder = await GetCalendar(() => calls.SendAsAccount(integration, new GetFolder([new FolderRef.Distinguished("calendar", null)]), ct));
        var server = await calls.ServerVersion(integration);
        var build = server is null ? null : $"{server.Major}.{server.Minor}.{server.MajorBuild}";
        if (folder.Succeeded) return new AccountCheck(folder.Value.FolderId, build);
        if (HasNoMailbox(folder.Error.Code)) return new AccountCheck(null, build);
        throw FaultTranslator.FromCode(folder.Error, integration, null);
    }

    public async Task<CalendarCheck> CheckCalendar(CalendarAccess access, CancellationToken ct)
    {
        var calendar = new FolderRef.Distinguished("calendar", access.Integration.UseImpersonation ? null : access.MailboxAddress);
        var folder = (await calls.Send(access, new GetFolder([calendar]), ct))[0];
        if (!folder.Succeeded) throw FaultTranslator.FromCode(folder.Error, access.Integration, access.MailboxAddress);
        var rights = folder.Value.EffectiveRights ?? FolderRights.Read | FolderRights.CreateContents;
        return new CalendarCheck(folder.Value.FolderId, rights.HasFlag(FolderRights.Read), rights.HasFlag(FolderRights.CreateContents));
    }

    /// <summary>An account without a mailbox is told so in the message or in a fault, depending on the version.</summary>
    private static async Task<EwsResult<FolderInfo>> GetCalendar(Func<Task<IReadOnlyList<EwsResult<FolderInfo>>>> call)
    {
        try
        {
            return (await call())[0];
        }
        catch (CalendarFailure failure) when (failure.ExchangeCode is { } code && HasNoMailbox(code))
        {
            return new EwsResult<FolderInfo>(EwsError.From(code, null, null));
        }
    }

    internal static bool HasNoMailbox(string code) => code is "ErrorMissingEmailAddress" or "ErrorNonExistentMailbox";
}
