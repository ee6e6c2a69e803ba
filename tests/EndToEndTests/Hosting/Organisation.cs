using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>A simulated Exchange organisation with one service account that may impersonate, and a mailbox for each staff member.</summary>
internal sealed class Organisation : IAsyncDisposable
{
    public const string AccountName = "svc-booking@contoso.example";
    public const string Password = "Correct-Horse-7";

    private Organisation(SimulatedExchange exchange) => Exchange = exchange;

    public SimulatedExchange Exchange { get; }

    public static async Task<Organisation> Start(params string[] staff)
    {
        var organisation = new Organisation(await SimulatedExchange.StartAsync(new SimulatorOptions()));
        var account = organisation.Exchange.Organisation.AddAccount(AccountName, Password);
        organisation.Exchange.Organisation.GrantImpersonation(account);
        foreach (var member in staff) organisation.Exchange.Organisation.AddMailbox(Address(member));
        return organisation;
    }

    public static string Address(string staff) => $"{staff}@contoso.example";

    public Mailbox Mailbox(string staff) => Exchange.Organisation.Mailbox(Address(staff));

    public Person Outlook(string staff) => Mailbox(staff).Person;

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();
}
