using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using Xunit;

namespace CleanSync.EndToEndTests.Delegates;

/// <summary>One staff member whose calendar is shared with the service account, which may act for nobody.</summary>
internal sealed class DelegateOffice : IAsyncDisposable
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    private DelegateOffice(Organisation exchange) => (Exchange, Api) = (exchange, Host.Client(ct));

    public Organisation Exchange { get; }

    public CleanSyncHost Host { get; } = new CleanSyncHost()
        .With("Scheduling:CleanUpInterval", "00:00:00.1")
        .With("Scheduling:IntegrationsHeartbeat", "00:00:00.1")
        .With("Sync:FirstPause", "00:00:00.5");

    public CleanSyncClient Api { get; }

    public Guid Integration { get; private set; }

    public Mailbox Anna => Exchange.Mailbox("anna");

    /// <summary>The service account's own mailbox, in which nothing may ever land.</summary>
    public Mailbox Own => Exchange.Exchange.Organisation.Mailbox(Organisation.AccountName);

    /// <param name="deletedItems">What the account may do in Deleted Items.</param>
    public static async Task<DelegateOffice> Open(FolderLevel deletedItems, FolderLevel calendar = FolderLevel.Author)
    {
        var office = new DelegateOffice(await Organisation.Start("anna"));
        var organisation = office.Exchange.Exchange.Organisation;
        var account = organisation.Account(Organisation.AccountName);
        organisation.RevokeImpersonation(account);
        organisation.GrantFolderRights(account, Organisation.Address("anna"), calendar);
        organisation.GrantFolderRights(account, Organisation.Address("anna"), deletedItems, "deleteditems");
        office.Integration = await office.Api.Connect(office.Exchange.Exchange.EwsUrl, impersonation: false);
        await office.Api.Link(office.Integration, "anna");
        await office.Api.Authorize(office.Integration);
        await office.Api.Sync("anna");
        return office;
    }

    /// <summary>An appointment whose copy both sides agree on, and the id of its item.</summary>
    public async Task<(Guid Appointment, string Item)> Booked(int hour = 9)
    {
        var booked = await Api.Book(Days.Tomorrow.AddHours(hour), 1, "anna");
        await Until("it is in Outlook", () => Anna.Calendar.Any(i => i.Fields.Start == Days.Tomorrow.AddHours(hour)));
        await Api.Sync("anna");
        return (booked, Anna.Calendar.Single(i => i.Fields.Start == Days.Tomorrow.AddHours(hour)).ItemId);
    }

    public async Task<JsonNode> Receipt(Guid appointment) => (await Api.Appointment(appointment))["copies"]!.AsArray().Single()!;

    public async Task<string> State(Guid appointment) => (await Receipt(appointment))["state"]!.GetValue<string>();

    public Task<IReadOnlyList<JsonNode>> Calendar() => Api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddDays(1));

    public Task Until(string condition, Func<bool> holds) => Eventually.Until(condition, holds, ct);

    public Task Until(string condition, Func<Task<bool>> holds) => Eventually.Until(condition, holds, ct);

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(Own.Calendar);
        Assert.Empty(Own.DeletedItems);
        Assert.Empty(Own.ItemsIn("recoverableitemsdeletions"));
        await Host.DisposeAsync();
        await Exchange.DisposeAsync();
    }
}
