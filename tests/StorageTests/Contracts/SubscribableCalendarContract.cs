using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What can be listened to is read as it stands: every link of every integration, once.</summary>
public abstract class SubscribableCalendarContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    [Fact]
    public async Task A_calendar_is_told_with_its_own_integrations_settings_also_where_nothing_is_known_of_it()
    {
        var office = await Db.Integrated(
            Sample.Integration() with { ExchangeVersion = ExchangeVersion.Exchange2016, UseImpersonation = false, SettingsVersion = 9 });
        var bare = await Db.Linked(Sample.Link(office.Id, "bare") with
        {
            MailboxAddress = null,
            CalendarId = null,
            CalendarChecked = false,
            Cursor = null,
            Enabled = false,
        });
        var all = await All();
        Assert.Equal(2, all.Count);
        Assert.Equal(
            new SubscribableCalendar(
                Db.Link.Id, "anna@contoso.example", "calendar-anna", true, true, true,
                Db.Integration.Id, IntegrationStatus.Active, 4, ExchangeVersion.Exchange2013SP1, true, Now),
            all[Db.Link.Id]);
        Assert.Equal(
            new SubscribableCalendar(
                bare.Id, null, null, false, false, false,
                office.Id, IntegrationStatus.Active, 9, ExchangeVersion.Exchange2016, false, Now),
            all[bare.Id]);
    }

    [Theory]
    [InlineData(IntegrationStatus.Draft)]
    [InlineData(IntegrationStatus.Active)]
    [InlineData(IntegrationStatus.Paused)]
    [InlineData(IntegrationStatus.Disconnecting)]
    [InlineData(IntegrationStatus.CredentialRefused)]
    [InlineData(IntegrationStatus.PasswordUnreadable)]
    public async Task The_integrations_status_is_the_one_that_it_says(IntegrationStatus status)
    {
        await Db.Integrations.Save(Db.Integration.In(status), Ct);
        Assert.Equal(status, (await Db.Integrations.Find(Db.Integration.Id, Ct))!.Status);
        Assert.Equal(status, (await All())[Db.Link.Id].Status);
    }

    [Fact]
    public async Task Only_a_calendar_whose_passes_fail_is_paused_until_its_next_one()
    {
        var failing = await Linked("failing", failures: 1, Now.AddMicroseconds(7));
        var (well, never) = (await Linked("well", failures: 0, Now.AddMicroseconds(7)), await Linked("never", failures: 3, null));
        var all = await All();
        Assert.Equal(
            [Now.AddMicroseconds(7), null, null], [all[failing.Id].PausedUntil, all[well.Id].PausedUntil, all[never.Id].PausedUntil]);
    }

    private Task<StaffCalendarLink> Linked(string staffId, int failures, DateTimeOffset? next) =>
        Db.Linked(Sample.Link(Db.Integration.Id, staffId) with { Failures = failures, NextSyncAt = next });

    private async Task<Dictionary<Guid, SubscribableCalendar>> All() =>
        (await new SubscribableCalendars(Db.Store).All(Ct)).ToDictionary(c => c.LinkId);
}
