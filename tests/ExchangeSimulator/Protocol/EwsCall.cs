using System.Globalization;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>A cookie, or a stream that the body is only the beginning of.</summary>
internal sealed class ReplyExtras
{
    public string? SetCookie { get; set; }
    public Notifications.StreamingConnection? Stream { get; set; }
}

/// <summary>One authenticated call: who makes it, as whom, in which version and zone, and what that lets them reach.</summary>
internal sealed record EwsCall(
    ExchangeOrganisation Organisation,
    Account Account,
    Mailbox? Impersonated,
    ExchangeVersion Version,
    CalendarZone? ContextZone,
    DateTimeOffset Now)
{
    /// <summary>The server's own version.</summary>
    public ExchangeVersion Server { get; init; } = ExchangeVersion.Exchange2016;

    public EwsHeaders Headers { get; init; } = new();

    /// <summary>What the answer brings beside its body.</summary>
    public ReplyExtras Extras { get; } = new();

    /// <summary>The server that this call reaches, for subscriptions, and the cookie that keeps later calls there.</summary>
    public (string Server, string? SetCookie) Affinity => Protocol.Affinity.Of(Headers, Organisation.Notifications, Server);

    /// <summary>The name under which this caller creates items.</summary>
    public string Actor => Impersonated?.SmtpAddress ?? Account.UserPrincipalName;

    public FolderLevel LevelOn(MailFolder folder)
    {
        if (!IsDelegateIn(folder.Mailbox)) return FolderLevel.Owner;
        return folder.Rights.GetValueOrDefault(Actor);
    }

    /// <summary>Acts in somebody else's mailbox without impersonating its owner.</summary>
    public bool IsDelegateIn(Mailbox mailbox) => !string.Equals(Actor, mailbox.SmtpAddress, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this caller is told only when the entry is, and that it is private.</summary>
    public bool HidesFrom(CalendarEntry entry) =>
        Organisation.HidesPrivateItems && entry.Fields.Sensitivity is Sensitivity.Private && IsDelegateIn(entry.Folder.Mailbox);

    public MailFolder Folder(XElement id)
    {
        var value = id.Attribute("Id")!.Value;
        if (id.Name == Ns.T + "FolderId")
        {
            if (!WireIds.LooksLikeAnId(value)) throw EwsRefusedException.MalformedId();
            if (Organisation.MailboxOfId(value)?.OddAnswer(value) is { } odd)
                throw new EwsRefusedException(odd, "The folder is not known by this id.");
            return Visible(Organisation.MailboxOfId(value)?.Folder(value) ?? throw EwsRefusedException.FolderNotFound());
        }
        if (id.Element(Ns.T + "Mailbox")?.Element(Ns.T + "EmailAddress")?.Value is { } address
            && !(value == "deleteditems" && Organisation.GivesCallersDeletedItems))
        {
            var owner = Organisation.FindMailbox(address) ?? throw EwsRefusedException.NonExistentMailbox();
            if (Organisation.WantsPrimaryAddresses && !address.Equals(owner.SmtpAddress, StringComparison.OrdinalIgnoreCase))
                throw new EwsRefusedException("ErrorNonPrimarySmtpAddress",
                    "The primary SMTP address must be specified when referencing a mailbox.")
                { Primary = owner.SmtpAddress };
            return Visible(owner.Distinguished(value));
        }
        var own = Impersonated ?? (Account.HasMailbox ? Organisation.FindMailbox(Account.UserPrincipalName) : null);
        return own?.Distinguished(value) ?? throw new EwsRefusedException(
            "ErrorMissingEmailAddress",
            "When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids.");
    }

    /// <summary>The entry that an ItemId, OccurrenceItemId or RecurringMasterItemId names, if the caller may read it.</summary>
    public CalendarEntry Entry(XElement id)
    {
        var value = (id.Attribute("Id") ?? id.Attribute("RecurringMasterId") ?? id.Attribute("OccurrenceId"))!.Value;
        if (value.Length == 0) throw new EwsRefusedException("ErrorInvalidIdEmpty", "Id must be non-empty.");
        if (!WireIds.LooksLikeAnId(value)) throw EwsRefusedException.MalformedId();
        var mailbox = Organisation.MailboxOfId(value) ?? throw EwsRefusedException.ItemNotFound();
        if (mailbox.OddAnswer(value) is { } odd) throw new EwsRefusedException(odd, "The item is not known by this id.");
        lock (mailbox.Gate)
        {
            var entry = id.Name.LocalName switch
            {
                "OccurrenceItemId" =>
                    Instance(mailbox, value, int.Parse(id.Attribute("InstanceIndex")!.Value, CultureInfo.InvariantCulture)),
                "RecurringMasterItemId" => Master(mailbox, value),
                _ => mailbox.Entry(value) ?? throw EwsRefusedException.ItemNotFound(),
            };
            // Whoever may not see the item learns no more than that it is not there.
            return LevelOn(entry.Folder).Reads() ? entry : throw EwsRefusedException.ItemNotFound();
        }
    }

    /// <summary>The zone of a TimeZoneDefinition by its id; ErrorTimeZone when nobody knows it.</summary>
    public static CalendarZone Zone(string? id) =>
        (id is null ? null : CalendarZone.Find(id)) ?? throw new EwsRefusedException("ErrorTimeZone", "The time zone is not valid.");

    /// <summary>Of an item, or a change of one, that is to be written.</summary>
    public void RefuseUnknownZones(XElement written)
    {
        var named = written.Descendants().Where(e => e.Name.LocalName is "StartTimeZone" or "EndTimeZone" or "MeetingTimeZone");
        if (named.Any(z => Organisation.UnknownZones.Contains(z.Attribute("Id")?.Value ?? "")))
            throw new EwsRefusedException("ErrorTimeZone", "The specified time zone isn't supported.");
    }

    private MailFolder Visible(MailFolder folder)
    {
        lock (folder.Mailbox.Gate) return LevelOn(folder) != FolderLevel.None ? folder : throw EwsRefusedException.AccessDenied();
    }

    private static CalendarEntry Instance(Mailbox mailbox, string masterId, int index)
    {
        var master = mailbox.Item(masterId) ?? throw EwsRefusedException.ItemNotFound();
        if (master.Series is not { } series)
            throw new EwsRefusedException("ErrorCalendarCannotUseIdForRecurringMasterId", "The id is not that of a recurring master.");
        if (series.SlotNumber(index) is not { } slot)
            throw new EwsRefusedException(
                "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", "Occurrence index is out of recurrence range.");
        if (series.Deleted.Contains(slot.Date))
            throw new EwsRefusedException(
                "ErrorCalendarOccurrenceIsDeletedFromRecurrence", "Occurrence with this index was previously deleted from the recurrence.");
        return master.Occurrence(slot.Date);
    }

    private static CalendarEntry Master(Mailbox mailbox, string occurrenceId)
    {
        var occurrence = mailbox.Entry(occurrenceId) ?? throw EwsRefusedException.ItemNotFound();
        return occurrence.MasterId is { } master
            ? mailbox.Entry(master)!
            : throw new EwsRefusedException("ErrorCalendarCannotUseIdForOccurrenceId", "The id is not that of an occurrence.");
    }
}
