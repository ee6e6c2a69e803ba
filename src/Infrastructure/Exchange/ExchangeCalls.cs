using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>Makes one call for one mailbox, in the integration's version and manner of access, and translates its failure.</summary>
internal sealed class ExchangeCalls(ExchangeConnections connections, ILogger<ExchangeCalls> logger)
{
    public Task<T> Send<T>(CalendarAccess access, IEwsOperation<T> operation, CancellationToken ct) =>
        Send(access.Integration, new EwsCallContext(Version(access.Integration), access.MailboxAddress, access.Integration.UseImpersonation), access.Turn, operation, ct);

    /// <summary>As the service account itself.</summary>
    public Task<T> SendAsAccount<T>(ExchangeIntegration integration, IEwsOperation<T> operation, CancellationToken ct) =>
        Send(
            integration,
            new EwsCallContext(Version(integration), integration.Account.UserName.Contains('@', StringComparison.Ordinal) ? integration.Account.UserName : null, false),
            null, operation, ct);

    /// <summary>Impersonates the mailbox, and stays on the server of its subscription group.</summary>
    public Task<T> Send<T>(ExchangeIntegration integration, string mailbox, EwsAffinity affinity, IEwsOperation<T> operation, CancellationToken ct) =>
        Send(integration, new EwsCallContext(Version(integration), mailbox, Impersonate: true) { Affinity = affinity }, null, operation, ct);

    /// <summary>Forgets that the credential was refused: for the one try that an admin asks for.</summary>
    public void Reset(ExchangeIntegration integration) => connections.Reset(integration);

    public async Task<IReadOnlyList<string>> OfferedSchemes(ExchangeIntegration integration, CancellationToken ct)
    {
        try
        {
            return await connections.Use(integration, client => client.OfferedSchemes(ct), ct);
        }
        catch (EwsException failure)
        {
            throw FaultTranslator.Translate(failure, integration, null);
        }
    }

    public Task<EwsServerVersion?> ServerVersion(ExchangeIntegration integration, CancellationToken ct) =>
        connections.Use(integration, client => Task.FromResult(client.ServerVersion), ct);

    /// <summary>The version that every request of this integration names.</summary>
    public static ExchangeServerVersion Version(ExchangeIntegration integration) => integration.ExchangeVersion switch
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
        ExchangeIntegration integration, EwsCallContext context, IMailboxTurn? turn, IEwsOperation<T> operation, CancellationToken ct)
    {
        try
        {
            return await connections.Use(integration, Call, ct);
        }
        catch (EwsException failure)
        {
            logger.LogDebug("{Operation} failed, client-request-id {RequestId}", failure.Operation, failure.RequestId);
            throw FaultTranslator.Translate(failure, integration, context.MailboxSmtpAddress);
        }

        // The wait for a free connection is over: from now on the call takes no longer than its timeout.
        async Task<T> Call(EwsClient client)
        {
            if (turn is not null) await turn.Reserve(ct);
            return await client.Send(operation, context, ct);
        }
    }
}
