using CleanSync.Application.Appointments;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Rules;

/// <summary>How far a copy has got, and whether it has diverged.</summary>
public abstract class DivergedRule<TDatabase> : RuleContract<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    [Fact]
    public async Task The_calendar_and_the_appointment_say_the_same_of_every_copy()
    {
        var calendar = new GetStaffCalendarHandler(Db.Store, new NotificationBoard(new FakeCalendarQueue()), Db.Time);
        var appointments = new GetAppointmentHandler(Db.Store, Db.Time);
        foreach (var push in Enum.GetValues<PushState>().Where(p => p is not PushState.None))
        {
            foreach (var differs in Enumerable.Range(0, 4).Select(d => (CopyDifferences)d))
            {
                foreach (var series in new[] { false, true })
                {
                    var link = NewLink();
                    var booked = Sample.Appointment(link.StaffId);
                    var copy = Sample.Copy(link.Id, booked.Id) with { PushState = push, Differs = differs, BecameSeries = series };
                    Assert.True(await Db.Commit(new ChangeSet { Links = [link], Appointments = [booked], Keep = [copy] }));
                    var shown = (await calendar.Handle(new GetStaffCalendar(link.StaffId, Now, Now.AddDays(1)), Ct)).Value.Entries;
                    var receipt = (await appointments.Handle(new GetAppointment(booked.Id), Ct)).Value.Copies;
                    var expected = CopyStates.Of(push, differs, series);
                    Assert.Equal((expected.ToString(), expected), (Assert.Single(shown).SyncState!, Assert.Single(receipt).State));
                }
            }
        }
    }

    [Fact]
    public void Only_what_was_read_back_diverges()
    {
        Assert.Equal(CopyState.Diverged, CopyStates.Of(PushState.Confirmed, CopyDifferences.Title, false));
        Assert.Equal(CopyState.Diverged, CopyStates.Of(PushState.Confirmed, CopyDifferences.None, true));
        Assert.Equal(CopyState.Confirmed, CopyStates.Of(PushState.Confirmed, CopyDifferences.None, false));
        Assert.Equal(CopyState.Written, CopyStates.Of(PushState.Written, CopyDifferences.Title, true));
    }
}
