using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.ExchangeSimulator;

/// <summary>What the server offers in its 401. Negotiate is only offered, as by a real server: Kerberos is never accepted here.</summary>
[Flags]
public enum AuthenticationSchemes
{
    None = 0,
    Basic = 1,
    Ntlm = 2,
    Negotiate = 4,
}

/// <summary>How a simulated Exchange is started.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Addresses to listen on, separated by semicolons; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    public AuthenticationSchemes Schemes { get; init; } = AuthenticationSchemes.Basic | AuthenticationSchemes.Ntlm;

    /// <summary>
    /// A logon by Negotiate is accepted when NTLM is inside; otherwise it is refused, as by a server that takes Kerberos alone.
    /// </summary>
    public bool TakesNtlmInsideNegotiate { get; init; }

    /// <summary>How long every authenticated call takes, in real time.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How much longer a call may take, by jitter.</summary>
    public TimeSpan Jitter { get; init; }

    public int JitterSeed { get; init; } = 1;

    /// <summary>The clock that items are stamped with.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The clock of the NTLM handshake, whose clients compare it with their own.</summary>
    public TimeProvider HandshakeTime { get; init; } = TimeProvider.System;

    public string DefaultTimeZoneId { get; init; } = "W. Europe Standard Time";

    /// <summary>The values of RequestServerVersion that the server accepts; null for all.</summary>
    public IReadOnlySet<ExchangeVersion>? SupportedVersions { get; init; }

    /// <summary>True as at IIS: after an NTLM handshake the connection's later requests need none.</summary>
    public bool KeepsConnectionAuthenticated { get; init; } = true;

    /// <summary>The server's certificate, for https addresses.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The TLS versions that the server speaks; none for those of the platform.</summary>
    public SslProtocols TlsVersions { get; init; }

    public ExtendedProtection ExtendedProtection { get; init; }

    public HandshakeTrouble HandshakeTrouble { get; init; }

    /// <summary>Answers are compressed for clients that accept gzip.</summary>
    public bool Compresses { get; init; }
}
