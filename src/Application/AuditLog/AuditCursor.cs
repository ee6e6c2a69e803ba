using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CleanSync.Application.AuditLog;

/// <summary>Where a page ended: the last action on it.</summary>
public sealed record AuditCursor(DateTimeOffset At, Guid Id)
{
    public string Write() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id:N}")));

    /// <summary>Null when the text is no cursor.</summary>
    public static AuditCursor? Read(string? text)
    {
        if (text is not { Length: > 0 and < 100 } || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(parts[1], "N", out var id)
            ? new AuditCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : null;
    }
}
