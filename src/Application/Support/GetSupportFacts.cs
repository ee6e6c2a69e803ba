using MediatR;

namespace CleanSync.Application.Support;

/// <summary>
/// How things stand, for somebody who is asked for help: by ids and codes. Nothing of it names a person, a mailbox or a server, but for
/// <see cref="SupportFacts.Names"/>, which is there to be taken out of whatever else is sent.
/// </summary>
public sealed record GetSupportFacts : IRequest<SupportFacts>;

/// <param name="Runs">The latest passes that brought something in, or failed.</param>
/// <param name="Gauges">Each by its name.</param>
/// <param name="Names">What staff, their mailboxes, integrations, their servers and accounts, API keys and the database's servers are called.</param>
public sealed record SupportFacts(
    IReadOnlyList<SupportIntegration> Integrations,
    IReadOnlyList<SupportLink> Links,
    IReadOnlyList<SupportRun> Runs,
    IReadOnlyDictionary<string, double> Gauges,
    IReadOnlyList<string> Names);

public sealed record SupportIntegration
{
    public Guid Id { get; init; }
    public string LifeCycle { get; init; } = "";
    public string Credential { get; init; } = "";
    public string Authentication { get; init; } = "";
    public string ExchangeVersion { get; init; } = "";
    public bool UseImpersonation { get; init; }
    public int HorizonMonths { get; init; }
    public string? Trouble { get; init; }
}

/// <summary>One staff member's link, by its id.</summary>
public sealed record SupportLink
{
    public Guid Id { get; init; }
    public Guid IntegrationId { get; init; }
    public bool Enabled { get; init; }
    public string State { get; init; } = "";
    public string? Problem { get; init; }
    public string? ExchangeCode { get; init; }
    public string? LastFailure { get; init; }
    public DateTimeOffset? LastFailureAt { get; init; }
    public int Failures { get; init; }
    public DateTimeOffset? LastSyncedAt { get; init; }
    public DateTimeOffset? NextSyncAt { get; init; }
    public bool FirstSyncDone { get; init; }
}

public sealed record SupportRun
{
    public Guid Id { get; init; }
    public Guid LinkId { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset EndedAt { get; init; }
    public int Changes { get; init; }
    public string? Problem { get; init; }
}
