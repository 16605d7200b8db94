using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;

namespace MlKit.Tracking.Storage;

/// <summary>
/// A PostgreSQL database, possibly shared with other instances of this service. The tables lie in a schema of their
/// own, beside whatever else the database holds.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private const string SchemaName = "mlkit_tracking";

    /// <summary>Readers and writers have sessions of their own, so that a wave of one leaves room for the other.</summary>
    private const int MostReaders = 16;
    private const int MostWriters = 16;

    /// <summary>
    /// Threads of the pool that are there at once. A request waits for the database on its thread; without spare ones
    /// a wave of requests would wait for the pool, which grows by one or two a second.
    /// </summary>
    private const int Threads = 256;

    /// <summary>How often a piece of work is tried that collides with other writers.</summary>
    private const int Attempts = 8;

    private readonly NpgsqlDataSource _source;
    private readonly ConcurrentBag<SqlSession> _idle = [];
    private readonly SemaphoreSlim _readers = new(MostReaders);
    private readonly SemaphoreSlim _writers = new(MostWriters);

    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = SchemaName,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            ApplicationName = "mlkit-tracking",
        };
        ThreadPool.GetMinThreads(out _, out var completionThreads);
        ThreadPool.SetMinThreads(Threads, completionThreads);
        _source = NpgsqlDataSource.Create(settings);
        using var session = Open();
        Migrations.Apply(session, SchemaName);
    }

    public override async Task<T> WriteAsync<T>(Func<SqlSession, T> work)
    {
        await _writers.WaitAsync();
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return Write(work);
                }
                catch (PostgresException error) when (IsCollision(error) && attempt < Attempts)
                {
                }
            }
        }
        catch (NpgsqlException error) when (Refusal(error) is { } refusal)
        {
            throw refusal;
        }
        finally
        {
            _writers.Release();
        }
    }

    public override void Dispose()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }

        _source.Dispose();
        _readers.Dispose();
        _writers.Dispose();
    }

    protected override SqlSession BeginRead()
    {
        _readers.Wait();
        try
        {
            return Begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
        catch (Exception error)
        {
            _readers.Release();
            throw error is DbException failure ? Refusal(failure) ?? error : error;
        }
    }

    protected override void EndRead(SqlSession session, bool usable)
    {
        End(session, usable);
        _readers.Release();
    }

    /// <summary>Text that PostgreSQL cannot hold (U+0000) or index; or it cannot be reached.</summary>
    protected override Http.ApiException? Refusal(DbException error) => error.SqlState switch
    {
        null when error is NpgsqlException => Http.ApiException.Unavailable("The tracking database cannot be reached; try again."),
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter =>
            Http.ApiException.Invalid("The request holds the character U+0000, which cannot be stored."),
        PostgresErrorCodes.ProgramLimitExceeded =>
            Http.ApiException.Invalid("The request holds a name that is too long to be stored."),
        PostgresErrorCodes.InvalidRegularExpression =>
            Http.ApiException.Invalid("The request holds a regular expression that the database does not understand."),
        _ => null,
    };

    private T Write<T>(Func<SqlSession, T> work)
    {
        var session = Begin("BEGIN");
        var usable = false;
        try
        {
            var result = work(session);
            session.Execute("COMMIT");
            usable = true;
            return result;
        }
        catch (Exception error) when (error is PostgresException or Http.ApiException)
        {
            session.Execute("ROLLBACK");
            usable = true;
            throw;
        }
        finally
        {
            End(session, usable);
        }
    }

    /// <summary>Another writer was first, in this process or another: looked at again, the work succeeds or is refused.</summary>
    private static bool IsCollision(PostgresException error) => error.SqlState
        is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>A session with a transaction begun; sessions that a restart of the server broke are passed over.</summary>
    private SqlSession Begin(string statement)
    {
        while (_idle.TryTake(out var idle))
        {
            try
            {
                idle.Execute(statement);
                return idle;
            }
            catch (NpgsqlException)
            {
                idle.Dispose();
            }
        }

        var session = Open();
        session.Execute(statement);
        return session;
    }

    private void End(SqlSession session, bool usable)
    {
        if (usable)
        {
            _idle.Add(session);
        }
        else
        {
            session.Dispose();
        }
    }

    private PostgresSession Open() => new(_source.OpenConnection());
}
