using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Control;

/// <summary>
/// The routes that make a running simulator more or less awkward: habits of the whole server, rights, broken items, withheld change
/// reports.
/// </summary>
internal static class ControlSwitches
{
    public static void Map(RouteGroupBuilder sim, ExchangeOrganisation organisation, Delays delays)
    {
        sim.MapGet("/switches", () => ControlApi.Ok(Switches.Of(organisation, delays)));
        sim.MapPatch("/switches", async (HttpRequest http) =>
        {
            (await ControlApi.Read<Switches>(http)).Set(organisation, delays);
            return ControlApi.Ok(Switches.Of(organisation, delays));
        });
        sim.MapPut("/mailboxes/{smtp}/rights", async (string smtp, HttpRequest http) =>
        {
            var wish = await ControlApi.Read<Right>(http);
            organisation.GrantFolderRights(organisation.Account(wish.Account), smtp, wish.Level, wish.Folder ?? "calendar");
            return Results.NoContent();
        });
        sim.MapPut("/mailboxes/{smtp}/reports", async (string smtp, HttpRequest http) =>
        {
            organisation.Mailbox(smtp).Reports = (await ControlApi.Read<Reporting>(http)).Reports;
            return Results.NoContent();
        });
        sim.MapPut("/mailboxes/{smtp}/events/{id}/corruption", async (string smtp, string id, HttpRequest http) =>
        {
            organisation.Mailbox(smtp).Corrupt(ControlApi.Id(http, id), (await ControlApi.Read<Damage>(http)).Corruption());
            return Results.NoContent();
        });
        sim.MapDelete("/mailboxes/{smtp}/events/{id}/corruption", (string smtp, string id, HttpRequest http) =>
        {
            organisation.Mailbox(smtp).Corrupt(ControlApi.Id(http, id), null);
            return Results.NoContent();
        });
        sim.MapPut("/mailboxes/{smtp}/events/{id}/oddity", async (string smtp, string id, HttpRequest http) =>
        {
            organisation.Mailbox(smtp).Tells(ControlApi.Id(http, id), await ControlApi.Read<Oddity>(http));
            return Results.NoContent();
        });
        sim.MapDelete("/mailboxes/{smtp}/events/{id}/oddity", (string smtp, string id, HttpRequest http) =>
        {
            organisation.Mailbox(smtp).Tells(ControlApi.Id(http, id), null);
            return Results.NoContent();
        });
        sim.MapPut("/accounts/{name}/password-expiry", async (string name, HttpRequest http) =>
        {
            organisation.Account(name).PasswordExpiresAt = (await ControlApi.Read<PasswordEnd>(http)).ExpiresAt;
            return Results.NoContent();
        });
        sim.MapPut("/accounts/{name}/misjudges-next", async (string name, HttpRequest http) =>
        {
            organisation.Account(name).MisjudgesNext = (await ControlApi.Read<Misjudgements>(http)).Logons;
            return Results.NoContent();
        });
        sim.MapPost("/accounts/{name}/unlock", (string name) =>
        {
            organisation.Account(name).Unlock();
            return Results.NoContent();
        });
    }

    /// <summary>The JSON of a password's end; without a time it never expires.</summary>
    private sealed record PasswordEnd(DateTimeOffset? ExpiresAt);

    private sealed record Misjudgements(int Logons);

    /// <summary>The JSON of a permission; without a folder it is that on the default calendar.</summary>
    private sealed record Right(string Account, FolderLevel Level, string? Folder);

    private sealed record Reporting(ChangeReports Reports);

    /// <summary>The JSON of a broken item; without a code an answer with it is no XML.</summary>
    private sealed record Damage(
        string? Code,
        bool? GivesTimes,
        bool? IsInViews,
        bool? SpoilsViews,
        bool? SpoilsChanges)
    {
        public Corruption Corruption() => new(Code, GivesTimes ?? true, IsInViews ?? false, SpoilsViews ?? false, SpoilsChanges ?? false);
    }
}

/// <summary>The JSON of the server's habits. What is left out of a change stays as it is; 0 means never, or no limit.</summary>
internal sealed record Switches
{
    public int? LockoutAfter { get; init; }
    public bool? GivesItsOwnUids { get; init; }
    public bool? ReportsMovesAsUpdates { get; init; }
    public bool? WritesControlsRaw { get; init; }
    public bool? PrettyPrintsFaults { get; init; }
    public bool? WantsPrimaryAddresses { get; init; }

    /// <summary>Windows ids; none for a server that knows all.</summary>
    public IReadOnlyList<string>? UnknownZones { get; init; }

    /// <summary>A status; 0 for Exchange's own.</summary>
    public int? AnonymousGet { get; init; }
    public bool? HidesPrivateItems { get; init; }
    public bool? GivesCallersDeletedItems { get; init; }
    public bool? LeavesBrokenOutOfChanges { get; init; }
    public int? LongestChangePage { get; init; }
    public bool? TellsOldestFirst { get; init; }
    public int? AssistantTouches { get; init; }
    public int? AssistantSeconds { get; init; }
    public int? ClockIsAheadBySeconds { get; init; }

    /// <summary>Empty for nobody.</summary>
    public string? BlockedUserAgent { get; init; }
    public int? LatencyMilliseconds { get; init; }
    public int? JitterMilliseconds { get; init; }

    public static Switches Of(ExchangeOrganisation organisation, Delays delays) => new()
    {
        LockoutAfter = organisation.LockoutAfter ?? 0,
        GivesItsOwnUids = organisation.GivesItsOwnUids,
        ReportsMovesAsUpdates = organisation.ReportsMovesAsUpdates,
        WritesControlsRaw = organisation.WritesControlsRaw,
        PrettyPrintsFaults = organisation.PrettyPrintsFaults,
        WantsPrimaryAddresses = organisation.WantsPrimaryAddresses,
        UnknownZones = [.. organisation.UnknownZones],
        AnonymousGet = organisation.AnonymousGet ?? 0,
        HidesPrivateItems = organisation.HidesPrivateItems,
        GivesCallersDeletedItems = organisation.GivesCallersDeletedItems,
        LeavesBrokenOutOfChanges = organisation.LeavesBrokenOutOfChanges,
        LongestChangePage = organisation.LongestChangePage ?? 0,
        TellsOldestFirst = organisation.TellsOldestFirst,
        AssistantTouches = organisation.Assistants?.Touches ?? 0,
        AssistantSeconds = (int?)organisation.Assistants?.Every.TotalSeconds ?? 0,
        ClockIsAheadBySeconds = (int)organisation.ClockIsAheadBy.TotalSeconds,
        BlockedUserAgent = organisation.BlockedUserAgent ?? "",
        LatencyMilliseconds = (int)delays.Latency.TotalMilliseconds,
        JitterMilliseconds = (int)delays.Jitter.TotalMilliseconds,
    };

    public void Set(ExchangeOrganisation organisation, Delays delays)
    {
        if (LockoutAfter is { } lockout) organisation.LockoutAfter = lockout == 0 ? null : lockout;
        if (LongestChangePage is { } page) organisation.LongestChangePage = page == 0 ? null : page;
        organisation.TellsOldestFirst = TellsOldestFirst ?? organisation.TellsOldestFirst;
        organisation.GivesItsOwnUids = GivesItsOwnUids ?? organisation.GivesItsOwnUids;
        organisation.ReportsMovesAsUpdates = ReportsMovesAsUpdates ?? organisation.ReportsMovesAsUpdates;
        organisation.WritesControlsRaw = WritesControlsRaw ?? organisation.WritesControlsRaw;
        organisation.PrettyPrintsFaults = PrettyPrintsFaults ?? organisation.PrettyPrintsFaults;
        organisation.WantsPrimaryAddresses = WantsPrimaryAddresses ?? organisation.WantsPrimaryAddresses;
        if (UnknownZones is { } zones) organisation.UnknownZones = zones.ToHashSet(StringComparer.Ordinal);
        if (AnonymousGet is { } status) organisation.AnonymousGet = status == 0 ? null : status;
        organisation.HidesPrivateItems = HidesPrivateItems ?? organisation.HidesPrivateItems;
        organisation.LeavesBrokenOutOfChanges = LeavesBrokenOutOfChanges ?? organisation.LeavesBrokenOutOfChanges;
        organisation.GivesCallersDeletedItems = GivesCallersDeletedItems ?? organisation.GivesCallersDeletedItems;
        if (AssistantTouches is not null || AssistantSeconds is not null)
        {
            var touches = AssistantTouches ?? organisation.Assistants?.Touches ?? 1;
            var every = AssistantSeconds is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : organisation.Assistants?.Every ?? TimeSpan.FromSeconds(5);
            organisation.Assistants = touches == 0 ? null : new AssistantPlan(touches, every);
        }
        if (ClockIsAheadBySeconds is { } ahead) organisation.ClockIsAheadBy = TimeSpan.FromSeconds(ahead);
        if (BlockedUserAgent is { } agent) organisation.BlockedUserAgent = agent.Length == 0 ? null : agent;
        if (LatencyMilliseconds is { } latency) delays.Latency = TimeSpan.FromMilliseconds(latency);
        if (JitterMilliseconds is { } jitter) delays.Jitter = TimeSpan.FromMilliseconds(jitter);
    }
}
