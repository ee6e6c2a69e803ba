using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>Checks accounts and calendars with GetFolder, the cheapest call that proves address, credential, mailbox and rights.</summary>
internal sealed class ExchangeCalendarDirectory(ExchangeCalls calls, ExchangeConnections connections, LogonLimit limit) : ICalendarDirectory
{
    public async Task<AccountCheck> CheckAccount(ServerConnection server, bool tryAnyway, CancellationToken ct)
    {
        calls.Reset(server.IntegrationId);
        CheckScheme(server, await calls.OfferedSchemes(server, ct));
        var folder = await GetCalendar(
            () => calls.SendAsAccount(server, OwnCalendar, tryAnyway ? LogonWish.Anyway : LogonWish.ByAdmin, ct));
        return Checked(server, folder, await calls.ServerVersion(server, ct));
    }

    public async Task<AccountCheck> TryAccount(ServerConnection candidate, string password, bool tryAnyway, CancellationToken ct)
    {
        using var alone = connections.Alone(candidate, password);
        try
        {
            CheckScheme(candidate, await alone.Client.OfferedSchemes(ct));
            var folder = await GetCalendar(() => limit.Try(
                candidate.UserName, candidate.ServerAddress, tryAnyway,
                stop => alone.Client.Send(OwnCalendar, ExchangeCalls.AsAccount(candidate, ExchangeCalls.Version(candidate)), stop), ct));
            return Checked(candidate, folder, alone.Client.ServerVersion);
        }
        catch (EwsException failure)
        {
            throw FaultTranslator.Translate(failure, candidate, null);
        }
    }

    public void Forget(Guid integrationId) => connections.Forget(integrationId);

    private static GetFolder OwnCalendar => new([new FolderRef.Distinguished("calendar", null)]);

    /// <summary>Before any credential leaves: a scheme that is not offered would cost a failed logon to find out.</summary>
    private static void CheckScheme(ServerConnection server, IReadOnlyList<string> offered)
    {
        if (offered.Count > 0 && LogonSchemes.Of(server.Authentication, offered) is null)
            throw new CalendarFailure(FailureReach.Integration,
                new SchemeIsNotOffered(LogonSchemes.Name(server.Authentication), string.Join(", ", offered)));
    }

    private static AccountCheck Checked(ServerConnection server, EwsResult<FolderInfo> folder, EwsServerVersion? said)
    {
        var build = said is null ? null : $"{said.Major}.{said.Minor}.{said.MajorBuild}";
        if (folder.Succeeded) return new AccountCheck(folder.Value.FolderId, build);
        if (HasNoMailbox(folder.Error.Code)) return new AccountCheck(null, build);
        throw FaultTranslator.FromCode(folder.Error, server, null);
    }

    public async Task<CalendarCheck> CheckCalendar(OpenCalendar calendar, CancellationToken ct)
    {
        var wanted = new FolderRef.Distinguished("calendar", calendar.Server.UseImpersonation ? null : calendar.MailboxAddress);
        var folder = (await calls.Send(calendar, new GetFolder([wanted]), ct))[0];
        if (!folder.Succeeded) throw FaultTranslator.OfFolder(folder.Error, calendar.Server, calendar.MailboxAddress);
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
        catch (EwsRefusedException refused) when (HasNoMailbox(refused.ResponseCode))
        {
            return new EwsResult<FolderInfo>(EwsError.From(refused.ResponseCode, null, null));
        }
    }

    internal static bool HasNoMailbox(string code) => code is "ErrorMissingEmailAddress" or "ErrorNonExistentMailbox";
}
