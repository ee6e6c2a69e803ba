using System.Text;
using CleanSync.ExchangeSimulator.Accounts;
using Microsoft.AspNetCore.Connections.Features;

namespace CleanSync.ExchangeSimulator.Authentication;

/// <summary>The outcome of looking at a request's credentials: an account, or the WWW-Authenticate values of the 401.</summary>
internal sealed record Logon(Account? Account, IReadOnlyList<string> Challenges, string? Scheme, bool IsLockedOut = false)
{
    /// <summary>No answer at all: the connection breaks.</summary>
    public bool Drops { get; init; }

    /// <summary>The answer announces that the connection closes.</summary>
    public bool Closes { get; init; }
}

/// <summary>
/// Lets requests in by Basic or NTLM, by its name or inside Negotiate. NTLM proves the connection: its later requests pass without a
/// header, as at IIS.
/// </summary>
internal sealed class LogonGate(ExchangeOrganisation organisation, SimulatorOptions options)
{
    private const string HandshakeKey = "ntlm handshake";
    private const string AccountKey = "ntlm account";
    private const string Basic = "Basic realm=\"exchange.example\"";

    private readonly byte[]? _binding = options.Certificate is { } certificate ? NtlmHandshake.BindingOf(certificate.RawData) : null;

    public Logon Admit(HttpContext context)
    {
        var connection = context.Features.Get<IConnectionItemsFeature>()!.Items;
        var header = context.Request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, value) = space < 0 ? (header, "") : (header[..space], header[(space + 1)..].Trim());
        if (scheme.Length == 0)
            return connection.TryGetValue(AccountKey, out var known) && options.KeepsConnectionAuthenticated
                ? new Logon((Account)known!, [], "NTLM (connection)")
                : Refuse(null);
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && options.Schemes.HasFlag(AuthenticationSchemes.Basic))
            return AdmitBasic(value);
        if (scheme.Equals("NTLM", StringComparison.OrdinalIgnoreCase) && options.Schemes.HasFlag(AuthenticationSchemes.Ntlm))
            return AdmitNtlm("NTLM", value, connection);
        if (scheme.Equals("Negotiate", StringComparison.OrdinalIgnoreCase) && options.TakesNtlmInsideNegotiate)
            return AdmitNtlm("Negotiate", value, connection);
        return Refuse(scheme);
    }

    private Logon AdmitBasic(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length)) return Refuse("Basic");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || organisation.FindAccount(text[..colon]) is not { } account) return Refuse("Basic");
        return account.LogOn(account.Password == text[(colon + 1)..], organisation.LockoutAfter)
            ? new Logon(account, [], "Basic")
            : Refuse("Basic", account.IsLockedOut);
    }

    /// <param name="scheme">NTLM, or Negotiate with NTLM inside.</param>
    private Logon AdmitNtlm(string scheme, string value, IDictionary<object, object?> connection)
    {
        var sent = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, sent, out var length)) return Refuse(scheme);
        if ((scheme == "NTLM" ? sent[..length] : Spnego.Unwrap(sent[..length])) is not { } message) return Refuse(scheme);
        switch (NtlmHandshake.MessageType(message))
        {
            case 1:
                var handshake = new NtlmHandshake(organisation.FindAccount, options.HandshakeTime, "CONTOSO");
                connection.Remove(AccountKey);
                connection[HandshakeKey] = handshake;
                return Challenge(scheme, handshake, message);
            case 3 when options.HandshakeTrouble is HandshakeTrouble.DropsAtTheProof:
                return new Logon(null, [], scheme) { Drops = true };
            case 3 when connection.Remove(HandshakeKey, out var begun):
                var (account, isProved) = ((NtlmHandshake)begun!).Authenticate(message, options.ExtendedProtection, _binding);
                if (account is null || !account.LogOn(isProved, organisation.LockoutAfter))
                    return Refuse(scheme, account?.IsLockedOut ?? false);
                connection[AccountKey] = account;
                return new Logon(account, [], scheme);
            default:
                return Refuse(scheme);
        }
    }

    private Logon Challenge(string scheme, NtlmHandshake handshake, byte[] message) => options.HandshakeTrouble switch
    {
        HandshakeTrouble.DropsAtTheFirstMessage => new Logon(null, [], scheme) { Drops = true },
        HandshakeTrouble.AnswersWithoutChallenge => Refuse(scheme),
        HandshakeTrouble.SendsAnUnusableChallenge => new Logon(null, [$"{scheme} {Convert.ToBase64String(new byte[64])}"], scheme),
        var trouble => new Logon(null, [$"{scheme} {Convert.ToBase64String(Wrapped(scheme, handshake.Challenge(message)))}"], scheme)
        {
            Closes = trouble is HandshakeTrouble.ClosesWithTheChallenge,
        },
    };

    private static byte[] Wrapped(string scheme, byte[] challenge) => scheme == "NTLM" ? challenge : Spnego.Wrap(challenge);

    private Logon Refuse(string? scheme, bool isLockedOut = false)
    {
        List<string> challenges = [];
        if (options.Schemes.HasFlag(AuthenticationSchemes.Negotiate)) challenges.Add("Negotiate");
        if (options.Schemes.HasFlag(AuthenticationSchemes.Ntlm)) challenges.Add("NTLM");
        if (options.Schemes.HasFlag(AuthenticationSchemes.Basic)) challenges.Add(Basic);
        return new Logon(null, challenges, scheme, isLockedOut);
    }
}
