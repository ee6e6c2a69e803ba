namespace CleanSync.Infrastructure.Exchange.Translation;

/// <summary>What a sign of trouble asks for besides the consequences of its reach.</summary>
[Flags]
internal enum Treatment
{
    /// <summary>Nothing more.</summary>
    AsReached = 0,

    /// <summary>The server gave up on a write that it may have stored: it is looked up before it is repeated.</summary>
    MayBeStored = 1,

    /// <summary>Half as much may succeed: fewer items, smaller pages, shorter slices.</summary>
    IsHalved = 2,

    /// <summary>Exchange names no pause, or a short one that does not help.</summary>
    NeedsAMinute = 4,

    /// <summary>As the answer for one item of many it is asked for three times, then it is the item's own.</summary>
    PassesForItems = 8,

    /// <summary>The item is not there; deleting it is done.</summary>
    IsGone = 16,

    /// <summary>The server cannot give an item that it holds.</summary>
    IsBroken = 32,

    /// <summary>
    /// Somebody changed the item since its change key was read, or the write was stored all the same: it is read and merged, at most three
    /// times.
    /// </summary>
    IsReadAgain = 64,

    /// <summary>The mailbox is opened anew: it may have another calendar by now.</summary>
    IsOpenedAnew = 128,

    /// <summary>There were too many calls at once: fewer from now on, and slowly more again.</summary>
    LowersTheLimit = 256,

    /// <summary>For one item it speaks of that item, for a folder of the whole link.</summary>
    IsOfTheItem = 512,

    /// <summary>The password has to be changed, or the account is disabled: nothing goes on until an admin has acted.</summary>
    RefusesThePassword = 1024,

    /// <summary>The calendar is gone, and all that lay in it.</summary>
    LeavesNothing = 2048,

    /// <summary>Subscribing waits, and no other call does.</summary>
    HoldsSubscribingOnly = 4096,

    /// <summary>As the answer for one item: its id means nothing here, which says nothing of the item.</summary>
    MeansNothing = 8192,

    /// <summary>The server does not know the time zone that was named: another one of the same offsets may stand in.</summary>
    IsOfItsZone = 16384,
}
