using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IAppointmentRepository"/> promises.</summary>
public abstract class AppointmentRepositoryContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    [Fact]
    public async Task An_appointment_comes_back_with_its_staff_in_order()
    {
        var appointment = Sample.Appointment("zoe", "anna", "mia");
        var found = await db.Booked(appointment);
        Assert.Equal(["zoe", "anna", "mia"], found.StaffIds);
        Assert.Equal(appointment with { Version = 1 }, found with { StaffIds = appointment.StaffIds });
    }

    [Fact]
    public async Task An_all_day_appointment_keeps_its_days()
    {
        var days = EventTimes.AllDay(new DateOnly(2026, 9, 6), new DateOnly(2026, 9, 8), "America/Santiago"); // a day without a midnight
        Assert.Equal(
            days, (await db.Booked(Sample.Appointment("anna") with { Times = days, Client = null, Location = null, Notes = null })).Times);
    }

    [Fact]
    public async Task A_changed_appointment_has_its_new_staff_only()
    {
        var found = await db.Booked(Sample.Appointment("a1", "a2"));
        Assert.True(await db.Commit(new ChangeSet { Appointments = [found with { StaffIds = ["a3"] }] }));
        var again = (await db.Appointments.Find(found.Id, Ct))!;
        Assert.Equal(["a3"], again.StaffIds);
        Assert.Equal(2, again.Version);
    }

    [Fact]
    public async Task Upcoming_are_the_booked_ones_that_end_later()
    {
        var upcoming = await db.Booked(Sample.Appointment("eva", "max"));
        await db.Booked(Sample.Appointment("max"));
        await db.Booked(Sample.Appointment("eva") with { Status = AppointmentStatus.Cancelled });
        await db.Booked(
            Sample.Appointment("eva") with { Times = EventTimes.Timed(Now.AddHours(-2), Now, "UTC") });
        var found = Assert.Single(await db.Appointments.UpcomingOf("eva", Now, Ct));
        Assert.Equal(upcoming.Id, found.Id);
        Assert.Equal(["eva", "max"], found.StaffIds);
    }
}
