using CleanSync.Application.Appointments;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Model.Histories;

/// <summary>The admin of the organisation: connects it twice, links its staff, changes settings and decides.</summary>
internal sealed class Admin(SimulatedOffice office, Watch watch, Func<Node> node)
{
    private const string Password = "Correct-Horse-7";
    private readonly Guid[] integrations = new Guid[2];
    private readonly Dictionary<string, (int Integration, string Address)> linked =
        SimulatedOffice.Staff.ToDictionary(s => s, s => (0, SimulatedOffice.Address(s)));
    private int addresses;
    private bool impersonates = true;

    public IReadOnlyDictionary<string, Guid> Links { get; private set; } = new Dictionary<string, Guid>();

    public bool TitlesAreShown { get; private set; } = true;

    public int HorizonMonths { get; private set; } = 12;

    /// <summary>How often whose copies were removed: what was past by then does not come back.</summary>
    public Dictionary<string, int> CopiesRemoved { get; } = [];

    /// <summary>Staff of whom something that left was kept or brought back here: it blocks time until it passes.</summary>
    public HashSet<string> HasKept { get; } = [];

    public async Task Connect()
    {
        for (var i = 0; i < integrations.Length; i++)
        {
            integrations[i] = (await node().Send(new ConnectExchange(Settings(TitlesAreShown, HorizonMonths), Password))).Value.Id;
            foreach (var member in SimulatedOffice.Staff.Where(_ => i == 0)) await Link(member);
            var authorized = await node().Send(new AuthorizeIntegration(integrations[i]));
            if (authorized.Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
        }

        Links =
            (await node().Get<IStaffCalendarLinkRepository>().OfIntegration(integrations[0], default))
                .ToDictionary(l => l.StaffId, l => l.Id);
    }

    public async Task Do(Operation operation)
    {
        switch (operation)
        {
            case Operation.ActAsDelegate access: await ActAsDelegate(access); break;
            case Operation.ShowTitles titles: await Settle(titles.Shown, HorizonMonths); break;
            case Operation.Horizon horizon: await Settle(TitlesAreShown, horizon.Months); break;
            case Operation.Enable enable: await Enable(enable); break;
            case Operation.Readdress readdress: await Readdress(readdress.Staff); break;
            case Operation.Relocate relocate: await Relocate(relocate.Staff, relocate.Integration); break;
            case Operation.ReleaseHeld held: await Release(held.Staff); break;
            case Operation.RejectHeld held: await Reject(held.Staff); break;
            case Operation.Undo undo: await Undo(undo.Staff); break;
        }
    }

    private async Task ActAsDelegate(Operation.ActAsDelegate access)
    {
        office.GrantDelegate(access.DeletedItems, access.HidesPrivate);
        impersonates = false;
        await Settle(TitlesAreShown, HorizonMonths);
    }

    private async Task Enable(Operation.Enable enable)
    {
        if (enable.Copies is CopiesDecision.Remove) CopiesRemoved[enable.Staff] = CopiesRemoved.GetValueOrDefault(enable.Staff) + 1;
        await node().Send(new EnableStaffLink(enable.Staff, enable.Enabled, enable.Copies));
    }

    private async Task Readdress(string staff)
    {
        var address = $"{staff}.{++addresses}@contoso.example";
        office.AddAddress(staff, address);
        linked[staff] = linked[staff] with { Address = address };
        await Link(staff);
    }

    private async Task Relocate(string staff, bool other)
    {
        linked[staff] = (other ? 1 - linked[staff].Integration : linked[staff].Integration, office.GiveNewMailbox(staff));
        await Link(staff);
    }

    /// <summary>
    /// What got no answer, and what a restored backup knows otherwise: the admin sets it anew, and links everybody as they are now.
    /// </summary>
    public async Task SetUpAgain()
    {
        await Settle(TitlesAreShown, HorizonMonths);
        foreach (var staff in SimulatedOffice.Staff) await Link(staff);
    }

    private async Task Link(string staff) =>
        await node().Send(
            new PutStaffLink(staff, staff, integrations[linked[staff].Integration], linked[staff].Address, SimulatedOffice.Zone(staff)));

    private async Task Settle(bool titles, int horizon)
    {
        foreach (var integration in integrations)
        {
            await node().Send(new ChangeIntegration(integration, Settings(titles, horizon), null, null));
        }
        (TitlesAreShown, HorizonMonths) = (titles, horizon);
    }

    private async Task Release(string staff)
    {
        watch.AdminReleases = true;
        try
        {
            await node().Send(new DecideHeldDeletions(staff, HeldDeletionsDecision.Release));
        }
        finally
        {
            watch.AdminReleases = false;
        }
    }

    private async Task Reject(string staff)
    {
        HasKept.Add(staff);
        await node().Send(new DecideHeldDeletions(staff, HeldDeletionsDecision.Reject));
    }

    private async Task Undo(string staff)
    {
        var removals = (await node().Send(new ListRemovals(staff))).Value.Removals;
        if (removals.FirstOrDefault(r => r.Restorable) is not { } latest) return;
        HasKept.Add(staff);
        await node().Send(new RestoreRemoval(staff, latest.Id, EvenIfBusy: true));
    }

    private IntegrationSettings Settings(bool titles, int horizon) => new(
        "Head office",
        new Uri("http://exchange.test/EWS/Exchange.asmx"),
        AuthenticationType.Basic,
        SimulatedOffice.AccountName,
        ExchangeVersion.Exchange2016,
        impersonates,
        titles,
        horizon,
        15,
        ServerTrust.OfTheMachine);
}
