using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Traffic;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>
/// An answer that names another request is nobody's: it is not believed, and the connection that brought it is not used again.
/// </summary>
public sealed class StrayAnswerTests : IAsyncLifetime
{
    private readonly CleanSyncSide cleanSync = new();
    private SimulatedExchange exchange = null!;
    private Account account = null!;
    private ExchangeIntegration integration = null!;

    public async ValueTask InitializeAsync()
    {
        exchange = await SimulatedExchange.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        account = exchange.Organisation.AddAccount(SecureExchange.User, SecureExchange.Password);
        integration = CleanSyncSide.Integration(exchange.EwsUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await cleanSync.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_read_is_asked_again_on_another_connection()
    {
        exchange.Faults.Next(new Fault.StrayAnswer(), "GetFolder");
        Assert.True((await LogonCalls.OpenOwnCalendar(cleanSync, integration))[0].Succeeded);
        Assert.Equal((2, 2), (exchange.Requests.Count("GetFolder"), account.SuccessfulLogons));
    }

    [Fact]
    public async Task A_read_that_strays_twice_fails_in_passing()
    {
        exchange.Faults.Next(new Fault.StrayAnswer(), "GetFolder", times: 2);
        var failure = await Assert.ThrowsAsync<CalendarFailure>(() => LogonCalls.OpenOwnCalendar(cleanSync, integration));
        Assert.Equal((FailureReach.Passing, 2), (failure.Reach, exchange.Requests.Count("GetFolder")));
    }

    [Fact]
    public async Task Of_a_write_the_outcome_is_unknown_and_it_is_not_sent_again()
    {
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
        exchange.Faults.Next(new Fault.StrayAnswer(), "CreateItem");
        var start = new DateTimeOffset(2026, 7, 6, 9, 0, 0, TimeSpan.Zero);
        var create = new CreateCalendarItem(new FolderRef.Distinguished("calendar", null), new CalendarItemDraft
        {
            Subject = "A",
            Times = new CalendarItemTimes(start, start.AddHours(1), "UTC", "UTC", false),
        });
        var failure = await Assert.ThrowsAsync<CalendarFailure>(() =>
            cleanSync.Calls.SendAsAccount(integration.Server, create, LogonWish.Due, TestContext.Current.CancellationToken));
        Assert.Equal((FailureReach.Passing, true), (failure.Reach, failure.OutcomeUnknown));
        Assert.Equal((1, 1), (exchange.Requests.Count("CreateItem"), exchange.Organisation.Mailbox(SecureExchange.User).Calendar.Count));
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
        Assert.Equal(2, account.SuccessfulLogons);
    }
}
