using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>A staff member moves from one integration to another: the appointments stay, each once.</summary>
public sealed class MovingStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task To_another_account_of_the_same_server_nothing_is_doubled_removed_or_lost(bool impersonation)
    {
        await using var exchange = await Organisation.Start("anna");
        exchange.Exchange.Organisation.IdsDependOnAccess = true;
        await using var host = new CleanSyncHost().With("Scheduling:CleanUpInterval", "00:00:00.1")
            .With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var api = host.Client(ct);
        var first = await api.Begin(exchange, "anna");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        var booked = await api.Book(Days.Tomorrow.AddHours(14), 1, "anna");
        await Eventually.Until("the appointment is in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");
        var before = Items(exchange);

        const string other = "svc-second@contoso.example";
        var account = exchange.Exchange.Organisation.AddAccount(other, Organisation.Password);
        if (impersonation) exchange.Exchange.Organisation.GrantImpersonation(account);
        else exchange.Exchange.Organisation.GrantFolderRights(
            account, Organisation.Address("anna"), ExchangeSimulator.Mailboxes.FolderLevel.Editor);
        var second = await api.Connect(exchange.Exchange.EwsUrl, userName: other, impersonation: impersonation);
        await api.Authorize(second);
        await api.Link(second, "anna");
        await api.Sync("anna");
        await Eventually.Until(
            "nothing is left to remove", async () => (await api.Staff("anna"))["formerCopies"]!.GetValue<int>() == 0, ct);
        await api.Sync("anna");
        Assert.Equal(before, Items(exchange));

        await api.Disconnect(first);
        Assert.Empty((await api.Ends(first, ct)).LeftBehind());
        Assert.Equal(before, Items(exchange));
        await api.Move(booked, Days.Tomorrow.AddHours(16));
        await Eventually.Until(
            "the copy follows", () => exchange.Mailbox("anna").Calendar.Any(i => i.Fields.Start == Days.Tomorrow.AddHours(16)), ct);
        Assert.Equal(2, exchange.Mailbox("anna").Calendar.Count);
        Assert.Equal(2, (await api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddDays(1))).Count);
    }

    /// <summary>Ids and what they hold; an item that is taken over may be written once more.</summary>
    private static List<string> Items(Organisation exchange) =>
        [.. exchange.Mailbox("anna").Calendar.Select(i => $"{i.ItemId} {i.Uid} {i.Fields.Subject} {i.Fields.Start:o} {i.Fields.End:o}")
            .Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_disconnection_right_after_a_move_to_another_server_removes_what_was_left_there()
    {
        await using var old = await Organisation.Start("anna");
        await using var next = await Organisation.Start("anna");
        // Mailboxes of one address have the same ids in every simulator; on real servers they do not.
        next.Exchange.Organisation.IdsDependOnAccess = true;
        next.Exchange.Organisation.GrantFolderRights(
            next.Exchange.Organisation.Account(Organisation.AccountName),
            Organisation.Address("anna"),
            ExchangeSimulator.Mailboxes.FolderLevel.Editor);
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var api = host.Client(ct);
        var first = await api.Begin(old, "anna");
        old.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        var staffMade = old.Snapshot("anna");
        await api.Book(Days.Tomorrow.AddHours(14), 1, "anna");
        await Eventually.Until("the appointment is in the old mailbox", () => old.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");

        var second = await api.Connect(next.Exchange.EwsUrl, impersonation: false);
        await api.Authorize(second);
        await api.Link(second, "anna");
        await api.Sync("anna");
        await Eventually.Until("the appointment is in the new mailbox", () => next.Mailbox("anna").Calendar.Count == 1, ct);
        await api.Disconnect(first);
        Assert.Empty((await api.Ends(first, ct)).LeftBehind());
        Assert.Equal(staffMade, old.Snapshot("anna"));
        await api.Sync("anna");
        Assert.Equal(
            "Haircut", Assert.Single(await api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddDays(1)))["title"]!.GetValue<string>());
    }
}
