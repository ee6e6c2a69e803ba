using System.Collections.Frozen;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>
/// The words for every response code that our operations can meet; what it does is in <see cref="RetryMatrix"/>. Read this first: the
/// rows are in the
/// files beside it, by what they speak of, and <see cref="CodeGroup"/> has all other codes.
/// </summary>
internal static class ResponseCodeWords
{
    public static IReadOnlyList<CodeWords> All { get; } =
        [.. ServerCodes.Rows, .. MailboxCodes.Rows, .. ItemCodes.Rows, .. MeetingAndSubscriptionCodes.Rows, .. RequestCodes.Rows];

    private static readonly FrozenDictionary<string, CodeWords> ByCode = All.ToFrozenDictionary(w => w.Code, StringComparer.Ordinal);

    /// <summary>Null of a code that only its group has words for, or that nobody knows.</summary>
    public static CodeWords? Find(string code) => ByCode.GetValueOrDefault(code);
}
