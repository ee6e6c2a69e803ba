using System.Globalization;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Hosting;

/// <summary>Fills calendars the same way for the same seed.</summary>
public static class Seeding
{
    private static readonly string[] Subjects =
        ["Team briefing", "Dentist", "Call with supplier", "Lunch", "Review", "Training", "Site visit", "One to one"];
    private static readonly string[] Places = ["Room 1", "Room 2", "Branch office", "Online"];

    /// <summary>Singles on working days between four weeks ago and twelve weeks ahead.</summary>
    public static void AddEvents(this Mailbox mailbox, int count, int seed, DateTimeOffset now)
    {
        var random = new Random(HashCode(mailbox.SmtpAddress, seed));
        var today = DateOnly.FromDateTime(mailbox.Zone.Local(now).DateTime);
        for (var i = 0; i < count; i++)
        {
            var day = today.AddDays(random.Next(-28, 84));
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(2);
            var start = mailbox.Zone.Instant(day.ToDateTime(new TimeOnly(random.Next(8, 17), random.Next(0, 4) * 15)));
            var subject = string.Create(CultureInfo.InvariantCulture, $"{Subjects[random.Next(Subjects.Length)]} {i + 1}");
            mailbox.Person.Adds(
                new EventDraft(subject, start, start.AddMinutes(random.Next(1, 9) * 15)) { Location = Places[random.Next(Places.Length)] });
        }
    }

    /// <summary>One of everything that is awkward: a series with a moved and a deleted occurrence, all-day, private, free.</summary>
    public static void AddDemonstration(this Mailbox mailbox, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(mailbox.Zone.Local(now).DateTime);
        DateTimeOffset At(DateOnly day, int hour) => mailbox.Zone.Instant(day.ToDateTime(new TimeOnly(hour, 0)));
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var person = mailbox.Person;
        var series = person.AddsSeries(
            new EventDraft("Weekly team meeting", At(monday, 9), At(monday, 10)) { Location = "Room 1" },
            new WeeklyPattern(1, [DayOfWeek.Monday], DayOfWeek.Monday),
            occurrences: 52);
        person.ChangesOccurrence(
            series, At(monday.AddDays(7), 9), new EventEdit { Start = At(monday.AddDays(7), 14), Subject = "Weekly team meeting (moved)" });
        person.DeletesOccurrence(series, At(monday.AddDays(14), 9));
        person.Adds(new EventDraft("Company day", At(monday.AddDays(9), 0), At(monday.AddDays(10), 0))
        {
            IsAllDay = true,
            FreeBusy = FreeBusy.OOF
        });
        person.Adds(new EventDraft("Doctor", At(monday.AddDays(3), 11), At(monday.AddDays(3), 12)) { Sensitivity = Sensitivity.Private });
        person.Adds(
            new EventDraft("Birthday of a colleague", At(monday.AddDays(4), 15), At(monday.AddDays(4), 16)) { FreeBusy = FreeBusy.Free });
    }

    // string.GetHashCode differs from run to run.
    private static int HashCode(string text, int seed) => text.Aggregate(seed, (hash, c) => unchecked(hash * 31 + c));
}
