using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.Erasures;

public sealed class AppointmentErasureTests
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private static readonly Client Client = new("Jo Müller", "+49 171 5554711", "jo@client.example");

    [Theory]
    [InlineData("Haircut", "Haircut")]
    [InlineData("Haircut (MULLER)", "Appointment")]
    [InlineData("Haircut for Jo", "Appointment")]
    [InlineData("Job interview", "Job interview")]
    [InlineData("Call 0171/555 47 11", "Appointment")]
    [InlineData("Mail to JO@client.example", "Appointment")]
    public void A_title_stays_unless_it_tells_who_the_client_was(string title, string kept) =>
        Assert.Equal(kept, Booked(title).WithoutClient(Now).Title);

    [Theory]
    [InlineData("王小明", "王小明复诊", "Appointment")]
    [InlineData("王小明", "复诊", "复诊")]
    [InlineData("김철수", "김철수님 예약", "Appointment")]
    [InlineData("Anna Berg", "Annas Termin", "Appointment")]
    [InlineData("Анна Берг", "Стрижка для Анны", "Стрижка для Анны")] // another ending: no rule knows all of them
    [InlineData("Иван Петров", "Стрижка Петрову", "Appointment")]
    [InlineData("Jo Li", "Job: Lido", "Job: Lido")]
    public void A_name_inside_another_word_tells_as_well(string name, string title, string kept) =>
        Assert.Equal(kept, (Booked(title) with { Client = new Client(name, null, null) }).WithoutClient(Now).Title);

    [Fact]
    public void Client_notes_and_a_telling_location_go_and_times_and_staff_stay()
    {
        var before = Booked("Haircut") with { Location = "At Müller's" };
        var erased = before.WithoutClient(Now);
        Assert.Equal((null, null, null, Now), (erased.Client, erased.Notes, erased.Location, erased.ErasedAt));
        Assert.Equal((before.Times, before.StaffIds, before.Status), (erased.Times, erased.StaffIds, erased.Status));
        Assert.Equal("", erased.Content().Notes);
    }

    [Fact]
    public void An_erased_appointment_can_only_be_cancelled()
    {
        var erased = Booked("Haircut").WithoutClient(Now);
        Assert.IsType<AppointmentIsErased>(erased.MovedTo(erased.Times).Refusal);
        Assert.IsType<AppointmentIsErased>(erased.Described("Haircut", null, null, Client).Refusal);
        Assert.IsType<AppointmentIsErased>(erased.TakenBy(["bert"]).Refusal);
        Assert.IsType<AppointmentIsErased>(erased.RestoredFor("bert").Refusal);
        Assert.Equal(AppointmentStatus.Cancelled, erased.Cancelled().Status);
    }

    [Fact]
    public void Who_is_erased_leaves_the_appointment_to_others_or_cancels_it()
    {
        Assert.Equal(["bert"], Booked("Haircut", "anna", "bert").LeftBy("anna").Value.StaffIds);
        var alone = Booked("Haircut", "anna").LeftBy("anna").Value;
        Assert.Equal((AppointmentStatus.Cancelled, 1), (alone.Status, alone.StaffIds.Count));
    }

    [Fact]
    public void A_copy_with_an_item_is_written_anew_one_without_gets_none_and_no_fingerprint_stays()
    {
        var copy = Sample.Copy(Guid.NewGuid(), Guid.NewGuid()) with { Marks = new ContentMarks("a", "b", "c") };
        var written = copy with { ItemId = "item", PushState = PushState.Confirmed, NextPushAt = null, Differs = CopyDifferences.Title };
        var open = copy with { Attempts = [CreateAttempt.Opened(Guid.NewGuid(), Now)] };
        var queued = written.WithoutClient(Now);
        Assert.Equal((PushState.Queued, Now, CopyDifferences.None), (queued.PushState, queued.NextPushAt, queued.Differs));
        Assert.Equal((PushState.Gone, null), (copy.WithoutClient(Now).PushState, copy.WithoutClient(Now).NextPushAt));
        Assert.Equal(open with { Marks = null }, open.WithoutClient(Now)); // it is looked for first
        Assert.All([written, copy, open, copy with { PushState = PushState.Withdrawing }], c => Assert.Null(c.WithoutClient(Now).Marks));
    }

    [Fact]
    public void Settled_is_what_no_attempt_push_removal_or_decision_needs_any_more()
    {
        var settled =
            Sample.Copy(Guid.NewGuid(), Guid.NewGuid()) with { ItemId = "item", PushState = PushState.Confirmed, NextPushAt = null };
        Assert.True(settled.IsSettled());
        Assert.True((settled with { PushState = PushState.Gone }).IsSettled());
        SyncedEvent[] unsettled =
        [
            settled with { Attempts = [CreateAttempt.Opened(Guid.NewGuid(), Now)] },
            settled with { NextPushAt = Now },
            settled with { RemovalStaged = true },
            settled with { Hold = RemovalHold.Held },
            settled with { PushState = PushState.Withdrawing },
            settled with { PushState = PushState.Failed },
        ];
        Assert.All(unsettled, e => Assert.False(e.IsSettled()));
        Assert.False((settled with { NextPushAt = Now, PushState = PushState.Queued }).IsUnderWay()); // a push that only waits is replaced
    }

    private static Appointment Booked(string title, params string[] staff) =>
        Sample.Appointment(staff) with { Title = title, Client = Client };
}
