using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Protocol;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

public sealed class FaultTests
{
    [Fact]
    public async Task A_busy_server_names_its_back_off_in_a_fault_and_in_an_answer()
    {
        await using var exchange = await Start();
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", 297749), "GetFolder");
        exchange.Exchange.Faults.Next(new Fault.Response("ErrorServerBusy", 1000), "SyncFolderItems", Alice);
        var (_, fault) = await exchange.Post(Envelope(Ask.GetFolder()));
        Assert.Equal("297749", fault.Descendants(T + "Value").Single(v => v.Attribute("Name")!.Value == "BackOffMilliseconds").Value);
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.GetFolder())).Single()));
        Assert.Equal("ErrorServerBusy", Code((await exchange.Ask(Ask.Sync())).Single()));
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.Sync())).Single()));
    }

    [Fact]
    public async Task A_connection_breaks_before_or_after_the_effect()
    {
        await using var exchange = await Start();
        exchange.Exchange.Faults.Next(new Fault.AbortBeforeEffect(), "CreateItem");
        await Assert.ThrowsAsync<HttpRequestException>(() => exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>")));
        Assert.Empty(exchange.Mailbox.Calendar);
        exchange.Exchange.Faults.Next(new Fault.AbortAfterEffect(), "CreateItem");
        await Assert.ThrowsAsync<HttpRequestException>(() => exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>")));
        Assert.Single(exchange.Mailbox.Calendar);
    }

    [Fact]
    public async Task An_answer_can_be_withheld_after_its_effect()
    {
        await using var exchange = await Start();
        var hold = exchange.Exchange.Faults.WithholdNext("CreateItem");
        var asked = exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>"));
        await hold.Reached.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Single(exchange.Mailbox.Calendar);
        Assert.False(asked.IsCompleted);
        hold.Release();
        Assert.Equal("NoError", Code((await asked).Single()));
    }

    [Fact]
    public async Task A_key_goes_stale_and_a_sync_state_invalid_on_demand()
    {
        await using var exchange = await Start();
        var created = (await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>"))).Single().Descendants(T + "ItemId").Single();
        var (id, key) = (created.Attribute("Id")!.Value, created.Attribute("ChangeKey")!.Value);
        exchange.Exchange.Faults.Next(new Fault.StaleChangeKey(), "UpdateItem");
        exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems");
        Assert.Equal(
            "ErrorIrresolvableConflict",
            Code((await exchange.Ask(Ask.Update(id, key, Ask.Set("item:Subject", "<t:Subject>B</t:Subject>")))).Single()));
        Assert.Equal("ErrorInvalidSyncStateData", Code((await exchange.Ask(Ask.Sync())).Single()));
    }

    [Fact]
    public async Task An_http_error_is_html()
    {
        await using var exchange = await Start();
        exchange.Exchange.Faults.Next(new Fault.Http(503, RetryAfter: "7"));
        var reply = exchange.Exchange.Endpoint.Handle(
            System.Text.Encoding.UTF8.GetBytes(Envelope(Ask.GetFolder())), new EwsHeaders(), new Caller(exchange.Account));
        Assert.Equal((503, "7", "text/html; charset=utf-8"), (reply.Status, reply.RetryAfter, reply.ContentType));
    }
}
