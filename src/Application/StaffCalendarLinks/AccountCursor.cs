using System.Buffers.Text;
using System.Text;
using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>A place in the user accounts list: behind this staff member. It holds when others come, leave, or are renamed.</summary>
internal sealed record AccountCursor(AccountState State, string NameKey, Guid LinkId)
{
    public string Write() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{(int)State}{LinkId:N}{NameKey}"));

    /// <summary>Null when it is none of ours.</summary>
    public static AccountCursor? Read(string text)
    {
        if (text.Length > 4000 || !Base64Url.IsValid(text)) return null;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        if (plain.Length < 33 || plain[0] is < '0' or > '3' || !Guid.TryParseExact(plain.AsSpan(1, 32), "N", out var id)) return null;
        return new AccountCursor((AccountState)(plain[0] - '0'), plain[33..], id);
    }
}
