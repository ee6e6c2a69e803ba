using CleanSync.Application.Syncing.Notifications;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

internal static class ConfiguredNotifications
{
    /// <summary>Every pace of <see cref="NotificationOptions"/> under its own name in the section; what is not given keeps its default.</summary>
    public static NotificationOptions Read(IConfiguration section)
    {
        var standard = new NotificationOptions();
        return new NotificationOptions
        {
            Enabled = section.GetValue(nameof(NotificationOptions.Enabled), standard.Enabled),
            Review = section.Span(nameof(NotificationOptions.Review), standard.Review),
            QuietTime = section.Span(nameof(NotificationOptions.QuietTime), standard.QuietTime),
            LongestQuiet = section.Span(nameof(NotificationOptions.LongestQuiet), standard.LongestQuiet),
            Silence = section.Span(nameof(NotificationOptions.Silence), standard.Silence),
            ConnectionMinutes = Math.Clamp(section.GetValue(nameof(NotificationOptions.ConnectionMinutes), standard.ConnectionMinutes), 1, 30),
            FirstPause = section.Span(nameof(NotificationOptions.FirstPause), standard.FirstPause),
            LongestPause = section.Span(nameof(NotificationOptions.LongestPause), standard.LongestPause),
            SteadyAfter = section.Span(nameof(NotificationOptions.SteadyAfter), standard.SteadyAfter),
            RefusedPause = section.Span(nameof(NotificationOptions.RefusedPause), standard.RefusedPause),
            Goodbye = section.Span(nameof(NotificationOptions.Goodbye), standard.Goodbye),
            GroupSize = Math.Clamp(section.GetValue(nameof(NotificationOptions.GroupSize), standard.GroupSize), 1, 200),
        };
    }
}
