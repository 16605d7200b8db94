using System.Data.Common;
using Npgsql;

namespace MlKit.Tracking.Storage;

/// <summary>A session on a PostgreSQL database. The driver prepares what comes often.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : SqlSession(connection, Dialect.Postgres)
{
    /// <summary>All in one round trip.</summary>
    public override int ExecuteMany<T>(string sql, IReadOnlyList<T> items, Action<IParameterList, T> bind)
    {
        if (items.Count == 0)
        {
            return 0;
        }

        using var batch = new NpgsqlBatch(connection);
        for (var i = 0; i < items.Count; i++)
        {
            var command = new NpgsqlBatchCommand(sql);
            bind(new Parameters(command.Parameters), items[i]);
            batch.BatchCommands.Add(command);
        }

        return batch.ExecuteNonQuery();
    }

    protected override DbParameter CreateParameter(int number) => new NpgsqlParameter();

    private sealed class Parameters(NpgsqlParameterCollection parameters) : IParameterList
    {
        public void Add(long value) => parameters.Add(new NpgsqlParameter<long> { TypedValue = value });

        public void Add(double value) => parameters.Add(new NpgsqlParameter<double> { TypedValue = value });

        public void Add(string? value) => parameters.Add(value is null
            ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }
            : new NpgsqlParameter<string> { TypedValue = value });
    }
}
