using System.Net.Sockets;
using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Postgres;
using Npgsql;
using Xunit;

namespace CleanSync.StorageTests.Postgres;

/// <summary>What each SQLSTATE means.</summary>
public sealed class PostgresFaultsTests
{
    [Theory]
    [InlineData("40001", StorageFault.Busy)]
    [InlineData("40P01", StorageFault.Busy)]
    [InlineData("55P03", StorageFault.Busy)]
    [InlineData("57014", StorageFault.Busy)]
    [InlineData("57P01", StorageFault.Unreachable)]
    [InlineData("57P02", StorageFault.Unreachable)]
    [InlineData("57P03", StorageFault.Unreachable)]
    [InlineData("25P03", StorageFault.Unreachable)]
    [InlineData("08006", StorageFault.Unreachable)]
    [InlineData("53300", StorageFault.ServerIsBusy)]
    [InlineData("53100", StorageFault.ServerIsFull)]
    [InlineData("25006", StorageFault.ServerIsReadOnly)]
    [InlineData("28P01", StorageFault.LogonRefused)]
    [InlineData("3D000", StorageFault.OtherDatabase)]
    [InlineData("XX001", StorageFault.Damaged)]
    [InlineData("23505", null)]
    [InlineData("42703", null)]
    [InlineData("P0001", null)]
    public void A_state_of_the_server_is_a_fault_of_the_storage_or_a_statements(string state, StorageFault? fault) =>
        Assert.Equal(fault, PostgresFaults.Of(Failure(state)));

    [Fact]
    public void A_full_disk_and_a_standby_are_told_in_words_that_fit_a_server()
    {
        Assert.Contains("disk of its server is full", StorageFailure.ReasonOf(StorageFault.ServerIsFull), StringComparison.Ordinal);
        Assert.Contains("standby", StorageFailure.ReasonOf(StorageFault.ServerIsReadOnly), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_plan_is_told_from_other_things_that_the_server_cannot_do()
    {
        Assert.True(PostgresFaults.IsStalePlan(Failure("0A000", "RevalidateCachedQuery")));
        Assert.False(PostgresFaults.IsStalePlan(Failure("0A000", "transformStmt")));
    }

    [Fact]
    public void A_broken_stream_is_a_lost_connection_and_a_timeout_is_none()
    {
        Assert.True(PostgresFaults.IsLostConnection(new NpgsqlException("broken", new SocketException())));
        Assert.False(PostgresFaults.IsLostConnection(new NpgsqlException("late", new TimeoutException())));
        Assert.False(PostgresFaults.IsLostConnection(Failure("23505")));
    }

    [Theory]
    [InlineData("40001", false)]
    [InlineData("23503", false)]
    [InlineData("53100", false)]
    [InlineData("57P01", true)]
    [InlineData("57014", true)]
    [InlineData("08006", true)]
    public void What_the_server_says_of_a_commit_settles_it_and_an_end_of_the_connection_does_not(string state, bool open) =>
        Assert.Equal(open, PostgresFaults.LeavesOutcomeOpen(Failure(state)));

    private static PostgresException Failure(string state, string? routine = null) =>
        new("message", "ERROR", "ERROR", state, routine: routine);
}
