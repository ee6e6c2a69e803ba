using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Traffic;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Exchange.Calls;

/// <summary>Makes one call for one mailbox, in the integration's version and manner of access, and translates its failure.</summary>
internal sealed class ExchangeCalls(
    ExchangeConnections connections,
    TrafficGovernor traffic,
    ExchangeMetrics metrics,
    ILogger<ExchangeCalls> logger)
{
    public Task<T> Send<T>(OpenCalendar calendar, IEwsOperation<T> operation, CancellationToken ct) =>
        Send(
            calendar.Server,
            new EwsCallContext(Version(calendar.Server), calendar.MailboxAddress, calendar.Server.UseImpersonation),
            calendar.BeforeSend, operation, LogonWish.Due, ct);

    /// <summary>As the service account itself, because an admin asks: also with a credential that was refused before.</summary>
    public Task<T> SendAsAccount<T>(ServerConnection server, IEwsOperation<T> operation, LogonWish wish, CancellationToken ct) =>
        Send(server, AsAccount(server, Version(server)), null, operation, wish, ct);

    /// <summary>As the service account itself, because the time has come: never with a credential that was refused before.</summary>
    public Task<T> SendAsAccountUnasked<T>(ServerConnection server, IEwsOperation<T> operation, CancellationToken ct) =>
        Send(server, AsAccount(server, Version(server)), null, operation, LogonWish.Due, ct);

    public static EwsCallContext AsAccount(ServerConnection server, ExchangeServerVersion version) =>
        new(version, server.UserName.Contains('@', StringComparison.Ordinal) ? server.UserName : null, false);

    /// <summary>Impersonates the mailbox, and stays on the server of its subscription group.</summary>
    public Task<T> Send<T>(
        ServerConnection server,
        string mailbox,
        EwsAffinity affinity,
        IEwsOperation<T> operation,
        CancellationToken ct) =>
        Send(
            server, new EwsCallContext(Version(server), mailbox, Impersonate: true) { Affinity = affinity }, null, operation,
            LogonWish.Due, ct);

    /// <summary>The next call opens a fresh connection.</summary>
    public void Reset(Guid integrationId) => connections.Reset(integrationId);

    public async Task<IReadOnlyList<string>> OfferedSchemes(ServerConnection server, CancellationToken ct)
    {
        try
        {
            return await connections.Use(server, client => client.OfferedSchemes(ct), ct);
        }
        catch (EwsException failure)
        {
            throw FaultTranslator.Translate(failure, server, null);
        }
    }

    public Task<EwsServerVersion?> ServerVersion(ServerConnection server, CancellationToken ct) =>
        connections.Use(server, client => Task.FromResult(client.ServerVersion), ct);

    /// <summary>The version that every request of this integration names.</summary>
    public static ExchangeServerVersion Version(ServerConnection server) => Version(server.ExchangeVersion);

    public static ExchangeServerVersion Version(ExchangeVersion version) => version switch
    {
        ExchangeVersion.Exchange2007SP1 => ExchangeServerVersion.Exchange2007_SP1,
        ExchangeVersion.Exchange2010 => ExchangeServerVersion.Exchange2010,
        ExchangeVersion.Exchange2010SP1 => ExchangeServerVersion.Exchange2010_SP1,
        ExchangeVersion.Exchange2010SP2 => ExchangeServerVersion.Exchange2010_SP2,
        ExchangeVersion.Exchange2013 => ExchangeServerVersion.Exchange2013,
        ExchangeVersion.Exchange2013SP1 => ExchangeServerVersion.Exchange2013_SP1,
        _ => ExchangeServerVersion.Exchange2016,
    };

    private async Task<T> Send<T>(
        ServerConnection server,
        EwsCallContext context,
        Func<CancellationToken, Task>? beforeSend,
        IEwsOperation<T> operation,
        LogonWish wish,
        CancellationToken ct)
    {
        try
        {
            var key = (context.MailboxSmtpAddress ?? server.UserName).ToLowerInvariant();
            return await traffic.Send(server, key, OnlyReads(operation), wish, Call, ct);
        }
        catch (EwsException failure)
        {
            logger.LogDebug("{Operation} failed, client-request-id {RequestId}", failure.Operation, failure.RequestId);
            var told = Told(failure);
            metrics.Note(server, told);
            throw told;
        }
        catch (CalendarFailure unsent)
        {
            metrics.Note(server, unsent);
            throw;
        }

        CalendarFailure Told(EwsException failure) =>
            FaultTranslator.Translate(failure, server, context.MailboxSmtpAddress, NamesAFolder(operation));

        // Every wait is over: from now on the call takes no longer than its timeout.
        async Task<T> Call(CancellationToken cut)
        {
            for (var again = OnlyReads(operation); ; again = false)
            {
                if (beforeSend is not null) await beforeSend(ct);
                try
                {
                    return await metrics.Call(
                        operation.Name,
                        () => connections.Use(server, client => client.Send(operation, context, cut), cut),
                        failure => Told(failure).Refusal.Code);
                }
                catch (EwsTransportException stray) when (stray.Failure is TransportFailure.StrayAnswer)
                {
                    connections.Reset(server.IntegrationId); // the connection that brought it has somebody else's answers
                    if (!again) throw;
                }
            }
        }
    }

    private static bool NamesAFolder<T>(IEwsOperation<T> operation) =>
        operation.Name is "SyncFolderItems" or "FindItem" or "GetFolder" || operation is CreateCalendarItem;

    private static bool OnlyReads<T>(IEwsOperation<T> operation) =>
        operation.Name is "SyncFolderItems" or "FindItem" or "GetItem" or "GetFolder" or "GetPasswordExpirationDate";
}
