namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>
/// The TLS channel of a logon, as it looks from here. Exchange, with Extended Protection, compares its own certificate with the one shown
/// here.
/// </summary>
/// <param name="Shown">The certificate that was shown last.</param>
/// <param name="AcceptedUnder">The one that was shown when this client's logon was last accepted; null when it never was.</param>
internal sealed record LogonChannel(ServerCertificate Shown, ServerCertificate? AcceptedUnder);
