using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pushes;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;
using WrittenItem = CleanSync.Application.Syncing.Calendars.WrittenItem;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>Writes copies as single appointments without attendees, so that Exchange mails nobody.</summary>
internal sealed class ExchangeCalendarWriter(ExchangeCalls calls, DelegateDeletion asDelegate) : ICalendarWriter
{
    public async Task<WrittenItem> Create(
        OpenCalendar calendar,
        CopyContent content,
        Guid copyId,
        CreateAttempt attempt,
        CancellationToken ct)
    {
        var minutes = calendar.Settings.ReminderMinutes;
        var draft = new CalendarItemDraft
        {
            Subject = content.Title,
            Times = Times(calendar, content),
            Location = content.Location,
            Body = content.Notes,
            ReminderIsSet = minutes > 0,
            ReminderMinutesBeforeStart = minutes > 0 ? minutes : null,
            ExtendedProperties = CopyProperties.Of(copyId, attempt.Id),
            Uid = attempt.Uid,
        };
        var created = await calls.Send(calendar, new CreateCalendarItem(Calendar(calendar), draft), ct);
        return created.Succeeded
            ? Written(created.Value)
            : throw FaultTranslator.OfFolder(created.Error, calendar.Server, calendar.MailboxAddress);
    }

    public async Task<UpdateOutcome> Update(
        OpenCalendar calendar,
        WrittenItem item,
        CopyContent content,
        PushStep.Update fields,
        CancellationToken ct)
    {
        if (item.ChangeKey is null) return new UpdateOutcome.ChangedMeanwhile();
        var update = new CalendarItemUpdate
        {
            Subject = fields.Title ? content.Title : null,
            Body = fields.Notes ? content.Notes : null,
            Times = fields.Times ? Times(calendar, content) : null,
            Location = fields.Location ? content.Location : null,
        };
        var updated = await calls.Send(calendar, new UpdateCalendarItem(new ItemId(item.ItemId, item.ChangeKey), update), ct);
        if (updated.Succeeded) return new UpdateOutcome.Written(Written(updated.Value));
        if (RetryMatrix.Wants(updated.Error.Code, Treatment.IsReadAgain)) return new UpdateOutcome.ChangedMeanwhile();
        if (RetryMatrix.Wants(updated.Error.Code, Treatment.IsGone | Treatment.MeansNothing)) return new UpdateOutcome.Missing();
        throw FaultTranslator.FromCode(updated.Error, calendar.Server, calendar.MailboxAddress);
    }

    public async Task<bool> Delete(OpenCalendar calendar, WrittenItem item, CancellationToken ct)
    {
        var id = new ItemId(item.ItemId, item.ChangeKey);
        var refused = calendar.Server.UseImpersonation
            ? (await calls.Send(calendar, new DeleteCalendarItem(id, DeleteType.MoveToDeletedItems), ct)).Error
            : await asDelegate.Delete(calendar, id, ct);
        if (refused is null) return true;
        return RetryMatrix.Wants(refused.Code, Treatment.IsGone)
            ? false
            : throw FaultTranslator.FromCode(refused, calendar.Server, calendar.MailboxAddress);
    }

    private static CalendarItemTimes Times(OpenCalendar calendar, CopyContent content) =>
        CalendarItemTranslator.Times(content.Times, ExchangeCalls.Version(calendar.Server), calendar.TimeZone);

    private static FolderRef.ById Calendar(OpenCalendar calendar) =>
        new(calendar.CalendarId ?? throw new InvalidOperationException("Nothing is written before the calendar was checked."));

    private static WrittenItem Written(ItemId item) => new(item.Id, item.ChangeKey);
}
