using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Domain.Appointments;

/// <summary>
/// Which clients are meant. Every part that is given has to fit: of the name each word, without case and accents; of the e-mail address all
/// of it, without case; of the phone number its digits, with or without the country's. In doubt it finds: what is found is looked at.
/// </summary>
public sealed record ClientSearch(string? Name, string? Phone, string? Email)
{
    /// <summary>Fewer digits than these are not compared by their end.</summary>
    private const int FewestDigits = 6;

    /// <summary>What stands before these, such as a country's digits and a town's zero, is not compared.</summary>
    private const int LastDigits = 9;

    /// <summary>The zero that is not dialled from abroad.</summary>
    private const string TownsZero = "(0)";

    private readonly IReadOnlyList<string> words = NameKey.Words(Name);

    /// <summary>Something is given as a phone number that holds no digit: it would narrow nothing down.</summary>
    public bool HasPhoneWithoutDigits => !string.IsNullOrWhiteSpace(Phone) && !Phone.Any(char.IsAsciiDigit);

    /// <summary>Whether anything is asked for.</summary>
    public bool IsEmpty => words.Count == 0 && Digits(Phone).Length == 0 && string.IsNullOrWhiteSpace(Email);

    public bool Fits(Client client) =>
        !IsEmpty
        && (words.Count == 0 || words.All(NameKey.Of(client.Name).Contains))
        && (string.IsNullOrWhiteSpace(Email) || string.Equals(Email.Trim(), client.Email?.Trim(), StringComparison.OrdinalIgnoreCase))
        && (Digits(Phone) is not { Length: > 0 } digits || AreOne(digits, Digits(client.Phone)));

    /// <summary>Never what is searched for: it must not reach a log by way of a record.</summary>
    public override string ToString() => "a search for a client";

    /// <summary>Without the zeros that stand for the way out of a town or a country.</summary>
    internal static string Digits(string? phone) =>
        string.Concat((phone ?? "").Replace(TownsZero, "", StringComparison.Ordinal).Where(char.IsAsciiDigit)).TrimStart('0');

    private static bool AreOne(string one, string other)
    {
        if (one == other) return true;
        var (longer, shorter) = one.Length > other.Length ? (one, other) : (other, one);
        var end = shorter[^Math.Min(shorter.Length, LastDigits)..];
        return shorter.Length >= FewestDigits && longer.EndsWith(end, StringComparison.Ordinal);
    }
}
