namespace CleanSync.Domain.StaffCalendarLinks;

public interface IStaffCalendarLinkRepository
{
    Task<StaffCalendarLink?> Find(Guid id, CancellationToken ct);

    Task<StaffCalendarLink?> FindByStaff(string staffId, CancellationToken ct);

    Task<IReadOnlyList<StaffCalendarLink>> OfIntegration(Guid integrationId, CancellationToken ct);

    /// <summary>Links of any integration to this calendar folder; two of them would be one too many.</summary>
    Task<IReadOnlyList<StaffCalendarLink>> ToCalendar(string calendarId, CancellationToken ct);

    /// <summary>Links of any integration that name this mailbox address, whatever its case.</summary>
    Task<IReadOnlyList<StaffCalendarLink>> ToMailbox(string address, CancellationToken ct);

    Task<IReadOnlyList<StaffCalendarLink>> OfStaff(IReadOnlyCollection<string> staffIds, CancellationToken ct);

    /// <summary>
    /// Enabled links of active integrations whose next pass is due, that nobody holds the lease of, and that Exchange asked no pause for,
    /// most overdue first.
    /// </summary>
    Task<IReadOnlyList<DueLink>> Due(DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Links with at least one push that is due, that nobody holds the lease of, that do not wait after a failure, and that Exchange asked
    /// no pause for, most overdue first.
    /// </summary>
    Task<IReadOnlyList<DueLink>> WithDuePushes(DateTimeOffset now, CancellationToken ct);

    /// <summary>The integration of each of these links; a link that does not exist is left out.</summary>
    Task<IReadOnlyDictionary<Guid, Guid>> IntegrationsOf(IReadOnlyCollection<Guid> ids, CancellationToken ct);
}

public sealed record DueLink(Guid LinkId, Guid IntegrationId);
