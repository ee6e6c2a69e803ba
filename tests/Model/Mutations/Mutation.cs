namespace CleanSync.Model.Mutations;

/// <summary>One safeguard, broken on purpose: a snippet of the source and what it is replaced by.</summary>
/// <param name="File">From the repository's root.</param>
/// <param name="Snippet">Occurs there exactly once.</param>
internal sealed record Mutation(
    string Safeguard,
    string Broken,
    string File,
    string Snippet,
    string Replacement)
{
    /// <summary>The safeguards that keep two calendars equal without losing or doubling anything, and keep them going.</summary>
    public static readonly IReadOnlyList<Mutation> All =
    [
        new("echo check", "what a known item's entry says is taken for our own echo, whatever its change key",
            "src/Application/Syncing/Reading/PageReading.cs",
            "&& row.ChangeKey == entry.ChangeKey",
            ""),
        new("adoption by named property", "an item of ours is not looked for by its tag",
            "src/Application/Syncing/Reading/CopySearch.cs",
            "await feed.FindCopies(calendar, copy.Id, copy.Times, ct)",
            "[]"),
        new("fencing", "a commit does not ask whether its lease was taken over",
            "src/Infrastructure/Persistence/SyncStore.cs",
            "await HoldsLease(entry.Lease, transaction)\n        && ",
            ""),
        new("atomic cursor", "the cursor is committed before what its page changed",
            "src/Application/Syncing/Passes/PassCommit.cs",
            "if (!await store.Commit(entry, ct))",
            "if (!await store.Commit(new ChangeSet { Lease = entry.Lease, Settings = entry.Settings, Links = entry.Links }, ct) "
                + "|| !await store.Commit(entry with { Links = [.. entry.Links.Select(l => l.Saved())] }, ct))"),
        new("deletion fuse", "it never trips",
            "src/Domain/Syncing/Pulls/DeletionFuse.cs",
            "leaving > 0 && alreadyRemoved",
            "leaving < 0 && alreadyRemoved"),
        new("staged removals", "what a page says has left is removed at once",
            "src/Application/Syncing/Reading/PageReading.cs",
            ": new RemoteChange.Staged(row.Id);",
            ": new RemoteChange.Left(row.Id);"),
        new("all-day rule", "an all-day event is read as two instants",
            "src/Infrastructure/Exchange/Translation/CalendarItemTranslator.cs",
            "return item.IsAllDayEvent == true\n            ?",
            "return item.IsAllDayEvent == true && start == end\n            ?"),
        new("change key check", "an update overwrites what it has not seen",
            "src/Infrastructure/Exchange/Protocol/Operations/UpdateCalendarItem.cs",
            "\"NeverOverwrite\"",
            "\"AlwaysOverwrite\""),
        new("private rule", "the title of a private event is shown like any other",
            "src/Domain/Syncing/RemoteEvent.cs",
            "EventTitle.MayBeShown(showTitles, IsPrivate) && UnreadableCode is null",
            "showTitles && UnreadableCode is null"),
        new("lease", "a mailbox is taken although another node holds it",
            "src/Infrastructure/Persistence/Links/MailboxLeases.cs",
            "where mailbox_leases.held_until is null",
            "where @now = @now or mailbox_leases.held_until is null"),
        new("second try of a logon", "a single 401 to a password that worked a moment ago is believed",
            "src/Infrastructure/Traffic/CredentialProof.cs",
            "if (!Fresh(version)) return RefusedLogon.IsBelieved;",
            "if (version > 0) return RefusedLogon.IsBelieved;"),
        new("three answers", "an id that means nothing is taken for an item that is there",
            "src/Application/Syncing/Reading/CopySearch.cs",
            "if (reading is ItemReading.Found) stillThere.Add(item);",
            "if (reading is not ItemReading.Missing) stillThere.Add(item);"),
        new("second question", "what a page has and one answer does not find is taken for gone",
            "src/Application/Syncing/Reading/PageReading.cs",
            "contradicted.Add(entry.ItemId);",
            "if (rows.TryGetValue(entry.ItemId, out var known)) changes.Add(new RemoteChange.Left(known.Id));"),
        new("same event, new id", "an event under a new id gets a row of its own beside the former one",
            "src/Domain/Syncing/Pulls/Returning.cs",
            "rows.TryGetValue(remote.ItemId, out var id) ? draft.ById(id) : null",
            "rows.TryGetValue(remote.ItemId + \"?\", out var id) ? draft.ById(id) : null"),
        new("later will", "a restored copy takes everybody to the time that it had",
            "src/Domain/Syncing/Pulls/CopyIdentity.cs",
            "var joins = appointment is not null\n",
            "var joins = appointment is not null && copy.Version < 0\n"),
        new("titles of what left", "what can be restored keeps the title of an event that became private",
            "src/Infrastructure/Persistence/Events/RemovedEvents.cs",
            "where link_id = @linkId and appointment_id is null and uid = @uid\n",
            "where link_id = @linkId and appointment_id is null and uid = @uid and uid is null\n"),
        new("agreed before", "an item of an earlier attempt is taken to know what a later one sent",
            "src/Domain/SyncedEvents/SyncedEvent.Transitions.cs",
            "ElementAtOrDefault(1)?.Before is not { } before",
            "ElementAtOrDefault(1)?.Before is not { TimesRevision: < 0 } before"),
        new("ids left behind", "what one pass saw under two ids is taken for two items",
            "src/Application/Syncing/Reading/CopySearch.cs",
            "if (!readings.Any(r => r is ItemReading.Found)) continue;",
            "if (readings.Count > 0) continue;"),
        new("told by its UID", "a copy under a new id that one answer does not find is left to the window",
            "src/Application/Syncing/Reading/PageReading.cs",
            "copies.ByUid(calendar, entry.Uid, known, ct)",
            "copies.ByUid(calendar, null, known, ct)"),
        new("series that stays", "a series that stays when its appointment goes has no row",
            "src/Application/Syncing/Pushes/PushRecord.cs",
            "return rows.Any(r => r.Kind is EventKind.Series)\n",
            "return rows.Count >= 0\n"),
        new("gone by its address", "a former calendar that Exchange does not know holds nothing any more",
            "src/Application/Syncing/CleanUp/CalendarCleanUp.cs",
            "successor = await gone.Successor(calendar, ct);",
            "if (copy.Version >= 0) return null; successor = await gone.Successor(calendar, ct);"),
    ];

    /// <summary>How often the snippet stands in its file; anything but once makes the mutation meaningless.</summary>
    public int Occurrences(string root) => Text(root).Split(Snippet).Length - 1;

    /// <summary>The file with the safeguard broken.</summary>
    public string Patched(string root) => Occurrences(root) == 1
        ? Text(root).Replace(Snippet, Replacement, StringComparison.Ordinal)
        : throw new InvalidOperationException($"{Safeguard}: its snippet stands {Occurrences(root)} times in {File}, not once. Bring tests/Model/Mutations/Mutation.cs up to date.");

    private string Text(string root) => System.IO.File.ReadAllText(Path.Combine(root, File)).ReplaceLineEndings("\n");
}
