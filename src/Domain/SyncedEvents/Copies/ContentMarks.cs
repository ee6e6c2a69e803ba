using System.Security.Cryptography;
using System.Text;

namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>
/// Fingerprints of the texts last written into a copy: enough to see which of them changed since, without keeping client details twice.
/// </summary>
public sealed record ContentMarks(string Title, string Location, string Notes)
{
    public static ContentMarks Of(CopyContent content) => new(Mark(content.Title), Mark(content.Location), Mark(content.Notes));

    private static string Mark(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
