namespace CleanSync.Application.Syncing.Notifications;

/// <summary>A request after which it is looked at once, instead of at the next review, which calendars are to be listened to.</summary>
internal interface IChangesSubscriptions;
