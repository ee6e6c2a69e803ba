namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>What addresses may be connected to.</summary>
/// <param name="AllowPlainHttp">Only for development against a simulator: everywhere else the password would travel readable.</param>
/// <param name="AllowLocalAddresses">Only for development: loopback and link-local addresses. Metadata addresses of clouds stay
/// refused.</param>
public sealed record ConnectionPolicy(bool AllowPlainHttp, bool AllowLocalAddresses);
