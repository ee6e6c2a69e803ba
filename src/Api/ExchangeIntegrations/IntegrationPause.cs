using System.Text.Json.Serialization;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>Why nothing is to be sent to Exchange, and until when.</summary>
/// <param name="Reason">1 to 200 characters; whoever meets the pause reads it.</param>
/// <param name="Until">When it goes on by itself, with an offset or Z; leave it out to pause until it is resumed.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record IntegrationPause(string Reason, DateTimeOffset? Until = null);

/// <summary>The confirmation of what cannot be undone.</summary>
/// <param name="DisplayName">The integration's display name, exactly; leave it out to ask what would happen.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DisconnectionRequest(string? DisplayName = null);
