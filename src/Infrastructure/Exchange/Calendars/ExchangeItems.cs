using CleanSync.Application.Syncing.Calendars;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>
/// Reads known items so that one that Exchange cannot give spoils no other: it is asked for alone, and then once more with nothing but its
/// times (docs/exchange.md, "Items that cannot be read").
/// </summary>
internal sealed class ExchangeItems(ExchangeCalls calls)
{
    /// <summary>In place of a response code: the answer about this one item was no EWS.</summary>
    private const string AnswerUnreadable = "AnswerUnreadable";

    /// <summary>How often an item is asked for that meets an internal error of the server; then the error is the item's.</summary>
    private const int Tries = 3;

    public async Task<IReadOnlyList<ItemReading>> Read(OpenCalendar calendar, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var readings = (await Get(calendar, ids, CopyProperties.Shape, ct)).Select(result => Reading(calendar, result)).ToList();
        for (var i = 0; i < readings.Count; i++)
        {
            if (readings[i] is not ItemReading.Unreadable { ExchangeCode: var code }) continue;
            if (code == CalendarItemTranslator.TimesUnreadable)
            {
                // An answer for many can lack what an answer for one has: then its texts are as sound as any.
                readings[i] = Reading(calendar, (await Get(calendar, [ids[i]], CopyProperties.Shape, ct))[0]);
                continue;
            }

            readings[i] = Reading(calendar, (await Get(calendar, [ids[i]], CopyProperties.TimesShape, ct))[0]) switch
            {
                ItemReading.Found { Event: var timesOnly } => new ItemReading.Found(timesOnly with { UnreadableCode = code }),
                ItemReading.Unreadable => readings[i],
                var elsewhere => elsewhere,
            };
        }

        return readings;
    }

    public static ItemReading Reading(OpenCalendar calendar, EwsResult<CalendarItem> result)
    {
        if (result.Succeeded)
        {
            if (result.Value.ParentFolderId is { } parent && parent != calendar.CalendarId)
                return new ItemReading.Missing(IsElsewhere: true);
            return CalendarItemTranslator.Read(result.Value, calendar.TimeZone);
        }

        if (RetryMatrix.Wants(result.Error.Code, Treatment.IsGone)) return new ItemReading.Missing();
        if (RetryMatrix.Wants(result.Error.Code, Treatment.MeansNothing)) return new ItemReading.UnknownId(result.Error.Code);
        var failure = FaultTranslator.FromCode(result.Error, calendar.Server, calendar.MailboxAddress);
        if (failure.Reach is not FailureReach.Item && !RetryMatrix.Wants(result.Error.Code, Treatment.IsOfTheItem) && !MayPass(result))
            throw failure;
        return new ItemReading.Unreadable(result.Error.Code);
    }

    /// <summary>
    /// One result for each id. Inputs that the server did not attempt, or that another one may have spoiled, are asked for again, each
    /// alone.
    /// </summary>
    public async Task<IReadOnlyList<EwsResult<CalendarItem>>> Get(
        OpenCalendar calendar,
        IReadOnlyList<string> ids,
        CalendarItemShape shape,
        CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var results = await Together(calendar, ids, shape, ct);
        var complete = new List<EwsResult<CalendarItem>>(ids.Count);
        foreach (var (id, result) in ids.Zip(results))
        {
            var answer = result is { Error: not { BatchStopped: true } } ? result : await Alone(calendar, id, shape, ct);
            for (var tries = 1; tries < Tries && MayPass(answer); tries++) answer = await Alone(calendar, id, shape, ct);
            complete.Add(answer);
        }

        return complete;
    }

    private async Task<IReadOnlyList<EwsResult<CalendarItem>?>> Together(
        OpenCalendar calendar,
        IReadOnlyList<string> ids,
        CalendarItemShape shape,
        CancellationToken ct)
    {
        try
        {
            var results = await Send(calendar, ids, shape, ct);
            return ids.Count > 1 && results.Any(r => RetryMatrix.Wants(r.Error?.Code, Treatment.IsHalved))
                ? await Halves(calendar, ids, shape, ct)
                : results;
        }
        catch (CalendarFailure failure) when (failure.Meaning is FailureMeaning.TooMuch && ids.Count > 1)
        {
            return await Halves(calendar, ids, shape, ct);
        }
        catch (CalendarFailure failure) when (failure.Reach is FailureReach.Item || IsUnreadable(failure))
        {
            return new EwsResult<CalendarItem>?[ids.Count];
        }
    }

    private async Task<IReadOnlyList<EwsResult<CalendarItem>?>> Halves(
        OpenCalendar calendar,
        IReadOnlyList<string> ids,
        CalendarItemShape shape,
        CancellationToken ct)
    {
        var half = ids.Count / 2;
        return [.. await Together(calendar, [.. ids.Take(half)], shape, ct), .. await Together(calendar, [.. ids.Skip(half)], shape, ct)];
    }

    /// <summary>
    /// An answer that cannot be read even with nothing but times in it says more of the server than of the item: that is thrown.
    /// </summary>
    private async Task<EwsResult<CalendarItem>> Alone(OpenCalendar calendar, string id, CalendarItemShape shape, CancellationToken ct)
    {
        try
        {
            return (await Send(calendar, [id], shape, ct))[0];
        }
        catch (CalendarFailure failure) when (failure.Reach is FailureReach.Item || (IsUnreadable(failure) && !shape.TimesOnly))
        {
            return new EwsResult<CalendarItem>(EwsError.From(failure.ExchangeCode ?? AnswerUnreadable, null, null));
        }
    }

    private Task<IReadOnlyList<EwsResult<CalendarItem>>> Send(
        OpenCalendar calendar,
        IReadOnlyList<string> ids,
        CalendarItemShape shape,
        CancellationToken ct) =>
        calls.Send(calendar, new GetItem([.. ids.Select(id => new ItemRef.ById(id))], shape), ct);

    private static bool MayPass(EwsResult<CalendarItem> answer) =>
        answer.Error is { BackOff: null } error && RetryMatrix.Wants(error.Code, Treatment.PassesForItems);

    /// <summary>The answer was no EWS.</summary>
    public static bool IsUnreadable(CalendarFailure failure) => failure.InnerException is EwsMalformedResponseException;
}
