namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>The one account through which an organisation's calendars are reached.</summary>
/// <param name="UserName">UPN form, or <c>DOMAIN\user</c>.</param>
/// <param name="SealedPassword">The password, encrypted at rest; only the secret vault can open it.</param>
/// <param name="CredentialVersion">Rises with every new password, so that a late refusal of the old one cannot stop the new one.</param>
public sealed record ServiceAccount(string UserName, byte[] SealedPassword, int CredentialVersion)
{
    /// <summary>The name under which wrong passwords are counted.</summary>
    public string CountedAs => CountedName(UserName);

    /// <summary>
    /// The same for every spelling of one name. <c>DOMAIN\user</c> and a UPN stay two names: that they are one account is known to
    /// Active Directory only.
    /// </summary>
    public static string CountedName(string userName) => userName.Trim().ToLowerInvariant();

    public override string ToString() => $"{UserName} (credential {CredentialVersion})";
}
