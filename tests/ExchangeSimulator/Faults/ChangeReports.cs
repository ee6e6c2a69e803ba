namespace CleanSync.ExchangeSimulator.Faults;

/// <summary>What SyncFolderItems hears of a mailbox's changes. Views and GetItem always show what is.</summary>
public enum ChangeReports
{
    AtOnce,

    /// <summary>Kept back until reports go out at once again.</summary>
    Late,

    /// <summary>Never told.</summary>
    Lost,
}
