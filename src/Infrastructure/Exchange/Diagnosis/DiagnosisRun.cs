using System.Net;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>What one diagnosis works with, on connections of its own, and what its steps have learned so far.</summary>
internal sealed class DiagnosisRun(
    DiagnosisTarget target,
    EwsEndpoint endpoint,
    TrafficGovernor traffic,
    LogonLimit limit,
    TrafficRow? stored,
    TimeProvider time) : IDisposable
{
    public DiagnosisTarget Target { get; } = target;

    public ServerConnection Server { get; } = target.Server;

    public string Host => Server.ServerAddress.IdnHost;

    public TimeProvider Time { get; } = time;

    /// <summary>For the first steps, one by one.</summary>
    public EwsConnector Connector { get; } = new(endpoint, time);

    /// <summary>For everything after them.</summary>
    public EwsClient Client { get; } = new(endpoint, time);

    /// <summary>What the database knows of the credential; null before the integration is saved.</summary>
    public TrafficRow? Stored { get; } = stored;

    public string SchemeName => LogonSchemes.Name(Server.Authentication);

    public IPAddress[] Addresses { get; set; } = [];

    /// <summary>The connection that was opened for looking; the next step takes it over.</summary>
    public Stream? Connection { get; set; }

    public IReadOnlyList<string> Offered { get; set; } = [];

    /// <summary>How the logon failed; null when it worked, or was not tried.</summary>
    public CalendarFailure? LogonFailure { get; set; }

    /// <summary>How the server refused the chosen version; null when it did not.</summary>
    public CalendarFailure? VersionRefusal { get; set; }

    /// <summary>A version that the server accepts; null while none is known.</summary>
    public ExchangeServerVersion? Version { get; set; }

    /// <summary>The account's own calendar, or why it has none; null while nobody knows.</summary>
    public EwsResult<FolderInfo>? OwnCalendar { get; set; }

    public ExchangeVersion? ProposedVersion { get; set; }

    public PasswordExpiry? Expiry { get; set; }

    /// <summary>Opens the account's own calendar: the cheapest call that proves a logon.</summary>
    public async Task<EwsResult<FolderInfo>> OpenOwnCalendar(ExchangeServerVersion version, CancellationToken ct) =>
        (await Send(new GetFolder([new FolderRef.Distinguished("calendar", null)]), ExchangeCalls.AsAccount(Server, version), ct))[0];

    /// <summary>
    /// A saved integration's calls are governed like all others; those of one that is not are counted. Throws
    /// <see cref="CalendarFailure"/>.
    /// </summary>
    public async Task<T> Send<T>(IEwsOperation<T> operation, EwsCallContext context, CancellationToken ct)
    {
        try
        {
            if (!Target.IsSaved)
                return await limit.Try(
                    Server.UserName, Server.ServerAddress, Target.TryAnyway,
                    stop => Client.Send(operation, context, stop), ct);
            var wish = Target.TryAnyway ? LogonWish.Anyway : Target.TryCredential ? LogonWish.ByAdmin : LogonWish.Due;
            var mailbox = (context.MailboxSmtpAddress ?? Server.UserName).ToLowerInvariant();
            return await traffic.Send(Server, mailbox, mayBeCut: true, wish, cut => Client.Send(operation, context, cut), ct);
        }
        catch (EwsException failure)
        {
            throw FaultTranslator.Translate(failure, Server, context.MailboxSmtpAddress);
        }
    }

    public void Dispose()
    {
        Connection?.Dispose();
        Client.Dispose();
    }
}
