using System.Security.Cryptography;
using System.Text.Json;
using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.Appointments;

/// <summary>Books an appointment for one or several staff members. Each linked one gets a copy in their calendar, at once.</summary>
/// <param name="IdempotencyKey">The same key with the same request answers with the first booking instead of making a second one.</param>
public sealed record BookAppointment(
    string Title,
    DateTimeOffset Start,
    DateTimeOffset End,
    string TimeZone,
    string? Location,
    string? Notes,
    Client? Client,
    IReadOnlyList<string> StaffIds,
    string? IdempotencyKey) : IRequest<Result<Guid>>
{
    /// <summary>Never the texts: client details must not reach a log by way of a record.</summary>
    public override string ToString() => $"{nameof(BookAppointment)} at {Start:u}";

    internal sealed class Validator : AbstractValidator<BookAppointment>
    {
        public Validator()
        {
            RuleFor(c => c.Title).IsTitle();
            RuleFor(c => c.End).IsEndOf(c => c.Start);
            RuleFor(c => c.TimeZone).IsZone();
            RuleFor(c => c.Location).IsLocation();
            RuleFor(c => c.Notes).IsNotes();
            RuleFor(c => c.Client).IsClient();
            RuleFor(c => c.StaffIds).IsStaff();
            RuleFor(c => c.IdempotencyKey).MaximumLength(200)
                .OverridePropertyName("Idempotency-Key")
                .WithMessage("Expected at most 200 characters.")
                .OneLine();
        }
    }

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        ISyncStore store,
        IIdempotencyRecords records,
        ICalendarQueue queue,
        INewIds ids,
        TimeProvider time)
        : IRequestHandler<BookAppointment, Result<Guid>>
    {
        public async Task<Result<Guid>> Handle(BookAppointment command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var appointment = new Appointment
            {
                Id = ids.Next(),
                Title = command.Title,
                Times = EventTimes.Timed(command.Start, command.End, command.TimeZone),
                Location = command.Location,
                Notes = command.Notes,
                Client = command.Client,
                StaffIds = [.. command.StaffIds],
            };
            var record = command.IdempotencyKey is { } key ? new IdempotencyRecord(key, Mark(command), appointment.Id, now) : null;
            if (await Earlier(record, ct) is { } earlier) return earlier;

            var linked = await links.OfStaff(appointment.StaffIds, ct);
            var copies = linked.Select(l => SyncedEvent.CopyFor(ids.Next(), l.Id, appointment.Id, now)).ToList();
            var entry = new ChangeSet { Appointments = [appointment], Keep = copies, Idempotency = record };
            if (!await store.Commit(entry, ct)) return await Earlier(record, ct) ?? new ChangedMeanwhile("The appointment");
            queue.Add(CalendarWork.Push, linked.Select(l => l.Id));
            return appointment.Id;
        }

        private async Task<Result<Guid>?> Earlier(IdempotencyRecord? record, CancellationToken ct)
        {
            if (record is null || await records.Find(record.Key, ct) is not { } earlier) return null;
            if (earlier.IsErased) return new BookingWasErased(record.Key);
            return earlier.RequestMark == record.RequestMark ? earlier.ResourceId : new IdempotencyKeyWasUsed(record.Key);
        }

        private static string Mark(BookAppointment command) =>
            Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command)));
    }
}
