using CleanSync.Application.Syncing.Calendars;
using Xunit;
using static CleanSync.ContractTests.Ports.CalendarServer;

namespace CleanSync.ContractTests.Ports;

/// <summary>What <see cref="ICalendarDirectory"/> promises.</summary>
public abstract class CalendarDirectoryContract(CalendarServer server)
{
    private readonly ICalendarDirectory directory = server.Port<ICalendarDirectory>();

    [Fact]
    public async Task An_account_that_works_is_told_with_its_servers_build_stored_or_not()
    {
        var check = await directory.CheckAccount(server.Server, tryAnyway: false, Ct);
        Assert.Matches(@"^\d+\.\d+\.\d+$", check.ServerBuild);
        var candidate = server.Server with { IntegrationId = Guid.NewGuid() };
        Assert.Equal(check, await directory.TryAccount(candidate, server.Password, tryAnyway: false, Ct));
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_what_works_goes_on()
    {
        Assert.SkipUnless(server.MayFailLogons, "A failed logon may lock a real account.");
        var refused = await Assert.ThrowsAsync<CalendarFailure>(
            () => directory.TryAccount(server.Server with { IntegrationId = Guid.NewGuid() }, "wrong", tryAnyway: false, Ct));
        Assert.Equal(FailureMeaning.CredentialRefused, refused.Meaning);
        Assert.NotNull(await directory.CheckAccount(server.Server, tryAnyway: false, Ct));
    }

    [Fact]
    public async Task Whoever_works_by_a_password_that_was_replaced_meanwhile_logs_on_with_nothing()
    {
        directory.Forget(server.Server.IntegrationId);
        var former = server.Server with { CredentialVersion = server.Server.CredentialVersion - 1 };
        var failure = await Assert.ThrowsAsync<CalendarFailure>(
            () => directory.CheckCalendar(server.Calendar with { Server = former }, Ct));
        Assert.True(failure.NothingWasSent);
    }

    [Fact]
    public async Task An_integration_that_was_forgotten_is_reached_again()
    {
        var before = await directory.CheckAccount(server.Server, tryAnyway: false, Ct);
        directory.Forget(server.Server.IntegrationId);
        Assert.Equal(before, await directory.CheckAccount(server.Server, tryAnyway: false, Ct));
    }

    [Fact]
    public async Task A_calendar_tells_its_id_each_time_the_same_and_what_the_account_may_do()
    {
        var check = await directory.CheckCalendar(server.Calendar with { CalendarId = null }, Ct);
        Assert.True(check.MayRead);
        Assert.Equal(check, await directory.CheckCalendar(server.Calendar, Ct));
    }

    [Fact]
    public async Task A_mailbox_that_there_is_not_is_a_failure_with_a_type() =>
        await Assert.ThrowsAsync<CalendarFailure>(() => directory.CheckCalendar(server.Nowhere, Ct));
}
