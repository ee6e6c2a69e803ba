namespace CleanSync.Infrastructure.Security;

/// <summary>Where the key comes from under which passwords are sealed.</summary>
internal sealed record SecretOptions
{
    /// <summary>
    /// 256 random bits in base64, from configuration (<c>Secrets:Key</c>). Null: a key file in the data folder, made once.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// What passwords were sealed under before (<c>Secrets:FormerKey</c>): they still open with it, and none is sealed under it.
    /// </summary>
    public string? FormerKey { get; init; }

    /// <summary>Used when <see cref="Key"/> is null.</summary>
    public required string KeyFile { get; init; }
}
