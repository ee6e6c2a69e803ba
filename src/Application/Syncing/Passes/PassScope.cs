using CleanSync.Domain.StaffCalendarLinks;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>What every log line about one calendar carries, so that a pass can be followed through the log.</summary>
internal static class PassScope
{
    /// <param name="pass">An id of this one run; sync runs and problems name it.</param>
    public static IDisposable? BeginPass(this ILogger logger, Guid pass, StaffCalendarLink link) =>
        logger.BeginScope("pass {PassId} of {StaffId} <{Mailbox}>", pass, link.StaffId, link.MailboxAddress);
}
