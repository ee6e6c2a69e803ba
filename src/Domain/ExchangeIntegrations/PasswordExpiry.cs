namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>What is known of the service account's password and its end.</summary>
public enum PasswordExpiryState
{
    /// <summary>Exchange has not been asked yet, or has never answered.</summary>
    NotRead,

    /// <summary>It expires at a known time.</summary>
    Expires,

    /// <summary>Exchange says that it never expires.</summary>
    NeverExpires,

    /// <summary>The chosen version, or the server, does not tell.</summary>
    NotOffered,
}

/// <summary>When the service account's password expires.</summary>
/// <param name="ExpiresAt">Null unless it expires.</param>
/// <param name="ReadAt">When Exchange was last asked and answered.</param>
/// <param name="Notice">The threshold that is reached: so many days are left at most, 0 when it has expired; null while there is
/// time.</param>
public sealed record PasswordExpiry(PasswordExpiryState State, DateTimeOffset? ExpiresAt, DateTimeOffset? ReadAt, int? Notice)
{
    private static readonly int[] Thresholds = [0, 1, 7, 14];

    public static PasswordExpiry NotRead { get; } = new(PasswordExpiryState.NotRead, null, null, null);

    public static PasswordExpiry On(DateTimeOffset expiresAt, DateTimeOffset readAt) =>
        new(PasswordExpiryState.Expires, expiresAt, readAt, null);

    public static PasswordExpiry Never(DateTimeOffset readAt) => new(PasswordExpiryState.NeverExpires, null, readAt, null);

    public static PasswordExpiry NotOffered(DateTimeOffset readAt) => new(PasswordExpiryState.NotOffered, null, readAt, null);

    /// <summary>With the threshold that is reached by then.</summary>
    public PasswordExpiry NoticedAt(DateTimeOffset now) => this with
    {
        Notice = ExpiresAt is { } at
            ? Thresholds.Select(days => (int?)days).FirstOrDefault(days => at - now <= TimeSpan.FromDays(days!.Value))
            : null,
    };

    /// <summary>A threshold was reached that had not been reached when the other was noted.</summary>
    public bool IsNewsAfter(PasswordExpiry before) =>
        Notice is { } notice && (before.Notice is not { } known || before.ExpiresAt != ExpiresAt || notice < known);
}
