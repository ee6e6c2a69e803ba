using System.Globalization;
using System.Text;

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
    /// The same for every spelling that Active Directory takes for one name: case, accents, width and characters that show nothing do not
    /// count there. <c>DOMAIN\user</c> and a UPN stay two names: that they are one account is known to Active Directory only.
    /// </summary>
    public static string CountedName(string userName)
    {
        var counted = userName.Normalize(NormalizationForm.FormKD).EnumerateRunes().Where(
            c => Rune.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format));
        return string.Concat(counted).Trim().ToLowerInvariant();
    }

    public override string ToString() => $"{UserName} (credential {CredentialVersion})";
}
