using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Failing;

/// <summary>
/// Tells whoever watches the log that something turned to error and back, once for each change. The lines have a category of their own,
/// <c>CleanSync.Alerts</c>.
/// </summary>
internal sealed class Alerts(ILoggerFactory loggers)
{
    public const string Category = "CleanSync.Alerts";

    private readonly ILogger logger = loggers.CreateLogger(Category);

    /// <param name="problem">Its code; null when the staff member is in error no more.</param>
    public void OfStaff(string staffId, string? problem)
    {
        if (problem is null) logger.LogWarning("Staff member {StaffId} is no longer in error", staffId);
        else logger.LogWarning("Staff member {StaffId} is in error: {Problem}", staffId, problem);
    }

    /// <param name="problem">Its code; null when the integration is in error no more.</param>
    public void OfIntegration(Guid integrationId, string? problem)
    {
        if (problem is null) logger.LogWarning("Integration {IntegrationId} is no longer in error", integrationId);
        else logger.LogWarning("Integration {IntegrationId} is in error: {Problem}", integrationId, problem);
    }
}
