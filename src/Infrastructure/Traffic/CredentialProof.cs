namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// What this node knows of one integration's credential: which version worked when, which was refused, and whether somebody is trying it
/// now.
/// </summary>
internal sealed class CredentialProof(TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan OfLate = TimeSpan.FromDays(1);
    private readonly Lock gate = new();
    private int provenVersion;
    private DateTimeOffset provenAt = DateTimeOffset.MinValue;
    private DateTimeOffset writtenAt = DateTimeOffset.MinValue;
    private int? refusedVersion;
    private Suspicion? suspicion;
    private List<TaskCompletionSource>? waiting; // for the trial under way; null when there is none

    /// <summary>Whose credential it is, as wrong passwords are counted.</summary>
    public string Account { get; set; } = "";

    public bool IsFresh(int version)
    {
        lock (gate) return Fresh(version);
    }

    /// <summary>Somebody of this node is trying it: its outcome is worth waiting for.</summary>
    public bool IsBeingTried
    {
        get { lock (gate) return waiting is not null; }
    }

    /// <summary>It worked within a day, and was not refused or doubted since: it is hardly wrong, but has to be tried again.</summary>
    public bool WorkedOfLate(int version)
    {
        lock (gate) return Known(version, OfLate);
    }

    public bool IsRefused(int version)
    {
        lock (gate) return refusedVersion == version;
    }

    /// <summary>It worked a moment ago and was refused since, and nobody knows which counts; null when it is in no doubt.</summary>
    public Suspicion? SuspicionOf(int version)
    {
        lock (gate) return suspicion?.Version == version ? suspicion : null;
    }

    /// <summary>Another life, or another node, put it in doubt.</summary>
    public void Suspect(int version)
    {
        lock (gate)
        {
            if (suspicion?.Version != version && refusedVersion != version) suspicion = new Suspicion(version) { IsStored = true };
        }
    }

    /// <summary>What came of it is known elsewhere: as fresh as it was seen to be.</summary>
    public void Acquit(Suspicion of)
    {
        lock (gate)
        {
            if (suspicion == of) suspicion = null;
        }
    }

    /// <summary>Of a refusal that need not be true.</summary>
    /// <param name="decides">The call was there to find out.</param>
    /// <param name="of">Where it is in doubt.</param>
    public RefusedLogon Refused(int version, bool decides, out Suspicion? of)
    {
        lock (gate)
        {
            of = suspicion?.Version == version ? suspicion : null;
            if (of is not null) return decides ? RefusedLogon.IsBelieved : RefusedLogon.WasInDoubt;
            if (!Fresh(version)) return RefusedLogon.IsBelieved;
            of = suspicion = new Suspicion(version);
            return RefusedLogon.IsDoubtful;
        }
    }

    /// <summary>What another life, or another node, has seen.</summary>
    public void Learn(int version, DateTimeOffset at)
    {
        lock (gate)
        {
            if (refusedVersion != version && (at > provenAt || Age(provenAt) == TimeSpan.MaxValue))
                (provenVersion, provenAt) = (version, at);
        }
    }

    /// <summary>True: this request is the trial. False: the credential works. Null: it was refused.</summary>
    public async Task<bool?> Admit(int version, bool byAdmin, CancellationToken ct)
    {
        var waited = false;
        while (true)
        {
            TaskCompletionSource outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                // Who waited for a trial that was refused does not try the same again, not even for an admin.
                if (refusedVersion == version && (!byAdmin || waited)) return null;
                if (Fresh(version)) return false;
                if (waiting is null)
                {
                    waiting = [];
                    return true;
                }

                waiting.Add(outcome);
            }

            waited = true;
            await using (ct.Register(() => outcome.TrySetCanceled(ct))) await outcome.Task;
        }
    }

    /// <summary>True when that is worth writing down.</summary>
    /// <param name="decides">The call was there to find out; any other may have been sent before a refusal.</param>
    public bool Worked(int version, bool decides, TimeSpan writeEvery)
    {
        lock (gate)
        {
            if (refusedVersion == version || suspicion?.Version == version)
            {
                if (!decides) return false;
                if (refusedVersion == version) refusedVersion = null;
                suspicion = null;
            }

            if (version < provenVersion) return false;
            (provenVersion, provenAt) = (version, time.GetUtcNow());
            if (!decides && Age(writtenAt) < writeEvery) return false;
            writtenAt = provenAt;
            return true;
        }
    }

    /// <summary>True when that was not known: what was under way at that time is refused too, and is no further wrong password.</summary>
    public bool WasRefused(int version)
    {
        lock (gate)
        {
            var isNews = refusedVersion != version;
            refusedVersion = version;
            if (suspicion?.Version == version) suspicion = null;
            if (provenVersion == version) provenAt = DateTimeOffset.MinValue;
            return isNews;
        }
    }

    /// <summary>A password of the same account was refused elsewhere: the next call is a trial.</summary>
    public void Doubt()
    {
        lock (gate) provenAt = DateTimeOffset.MinValue;
    }

    public void TrialEnded()
    {
        List<TaskCompletionSource> others;
        lock (gate) (others, waiting) = (waiting!, null);
        foreach (var other in others) other.TrySetResult();
    }

    private bool Fresh(int version) => suspicion?.Version != version && Known(version, GoodFor);

    private bool Known(int version, TimeSpan within) => provenVersion == version && refusedVersion != version && Age(provenAt) < within;

    /// <summary>What was seen at a time to come was seen by another clock: nobody knows when.</summary>
    private TimeSpan Age(DateTimeOffset at) => time.GetUtcNow() is var now && at <= now ? now - at : TimeSpan.MaxValue;
}

/// <summary>A credential that had worked a moment ago was refused.</summary>
internal sealed class Suspicion(int version)
{
    public int Version { get; } = version;

    /// <summary>The database knows, so that what it says of the credential from now on counts.</summary>
    public bool IsStored { get; set; }
}

/// <summary>What a refused logon means.</summary>
internal enum RefusedLogon
{
    /// <summary>The credential is refused.</summary>
    IsBelieved,

    /// <summary>From now on it is in doubt.</summary>
    IsDoubtful,

    /// <summary>It was in doubt already: the call was under way then.</summary>
    WasInDoubt,
}
