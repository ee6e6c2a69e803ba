using System.Net;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>
/// An unhandled exception stands until what surprised goes well: whatever else goes well meanwhile, it is one error and one alert.
/// </summary>
public sealed class UnresolvedExceptionStories : IAsyncLifetime
{
    private const string InError = "Staff member anna is in error: unexpected";
    private const string Over = "Staff member anna is no longer in error";
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private FaultyOffice office = null!;

    public async ValueTask InitializeAsync() => office = await FaultyOffice.Open(ct);

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_checkup_that_goes_well_ends_no_surprise_of_a_push()
    {
        await APushThrows();
        await office.Host.Services.GetRequiredService<IMediator>().Send(new RecheckStaffLink("anna"), ct);
        await office.Api.Sync("anna");
        Assert.Null((await office.Link()).RecheckAskedAt);
        await office.PushAgain();
        await IsShownAsItWasAndEndsWithThePush(InError);
    }

    [Fact]
    public async Task A_first_reading_that_always_surprises_is_one_alert_and_waits_longer_each_time()
    {
        office.SyncStore.Breaks = entry => entry.Lease is not null;
        await office.Api.Link(office.Integration, "bert");
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.InternalServerError, (await office.Api.TrySync("bert")).Status);
        var links = office.Host.Services.GetRequiredService<IStaffCalendarLinkRepository>();
        Assert.InRange((await links.FindByStaff("bert", ct))!.Failures, 3, 9);
        Assert.Equal(["Staff member bert is in error: unexpected"], office.Alerts());
        office.SyncStore.Breaks = _ => false;
        await office.Api.Sync("bert");
        Assert.Equal("Staff member bert is no longer in error", office.Alerts()[^1]);
    }

    [Fact]
    public async Task A_surprise_of_a_push_is_shown_again_when_another_failure_is_over()
    {
        await APushThrows();
        office.Exchange.Exchange.Faults.Next(new Fault.Response("ErrorAccessDenied"), "SyncFolderItems");
        await office.Api.TrySync("anna");
        Assert.Equal(("Error", "calendar-access-denied"), await office.Calendar());
        await office.Api.Sync("anna");
        await IsShownAsItWasAndEndsWithThePush(InError, "Staff member anna is in error: calendar-access-denied", InError);
    }

    [Fact]
    public async Task A_push_whose_surprise_cannot_be_noted_either_is_one_alert_and_waits_in_memory()
    {
        await APushThrows(alsoItsNote: true);
        for (var i = 0; i < 3; i++) await office.Api.TrySync("anna");
        var tries = office.SyncStore.Tries;
        for (var beat = 0; beat < 5; beat++) await office.PushAgain();
        Assert.Equal(tries, office.SyncStore.Tries);
        office.SyncStore.Breaks = _ => false;
        await office.Api.Sync("anna");
        await office.Api.Sync("anna");
        Assert.Equal(("Syncing", null), await office.Calendar());
        Assert.Equal([InError, Over], office.Alerts());
    }

    [Fact]
    public async Task A_pass_that_goes_well_ends_no_surprise_of_the_clean_up_of_a_former_calendar()
    {
        await using var soon = await FaultyOffice.Open(ct, firstPause: "00:00:05");
        await soon.Api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the copy is there", () => soon.Exchange.Mailbox("anna").Calendar.Count == 1, ct);
        await soon.Api.Link(soon.Integration, "anna", Organisation.Address("bert"));
        await soon.Api.Sync("anna");
        soon.SyncStore.Breaks = entry => entry.Lease is not null && entry.Former.Count + entry.ForgetFormer.Count > 0;
        await soon.Host.Send(new QueueCleanUps(), ct);
        for (var i = 0; i < 3; i++) await soon.Api.Sync("anna");
        Assert.Equal(("Error", "unexpected"), await soon.Calendar());
        soon.SyncStore.Breaks = _ => false;
        await Eventually.Until("the former calendar is clean", async () =>
        {
            await soon.Host.Send(new QueueCleanUps(), ct);
            return (await soon.Api.Staff("anna"))["formerCopies"]!.GetValue<int>() == 0;
        }, ct);
        await soon.Api.Sync("anna");
        Assert.Equal(("Syncing", null), await soon.Calendar());
        Assert.Equal([InError, Over], soon.Alerts());
    }

    private async Task APushThrows(bool alsoItsNote = false)
    {
        office.SyncStore.Breaks = entry => entry.Lease is not null && entry.Keep.Any(e => alsoItsNote || e.OpenAttempt is not null);
        await office.Api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await office.ShowsError();
    }

    private async Task IsShownAsItWasAndEndsWithThePush(params string[] told)
    {
        Assert.Equal(("Error", "unexpected"), await office.Calendar());
        Assert.Equal(told, office.Alerts());
        office.SyncStore.Breaks = _ => false;
        await office.PushAgain();
        await office.Api.Sync("anna");
        Assert.Equal(("Syncing", null), await office.Calendar());
        Assert.Equal([.. told, Over], office.Alerts());
    }
}
