using System.Data.Common;

namespace MlKit.Tracking.Storage;

/// <summary>
/// Where everything but artifacts is kept: a SQLite file, or a PostgreSQL database. Reads see one consistent
/// snapshot; a write is acknowledged after the commit that holds it, so a killed process loses none.
/// </summary>
internal abstract class Database : IDisposable
{
    /// <summary>Opens what the options name and brings it to the newest layout.</summary>
    public static Database Open(TrackingOptions options) => options.Postgres is { } connection
        ? new PostgresDatabase(connection)
        : new SqliteDatabase(options.Database);

    /// <summary>Reads from one consistent snapshot.</summary>
    public T Read<T>(Func<SqlSession, T> work)
    {
        var session = BeginRead();
        var usable = false;
        try
        {
            var result = work(session);
            session.Execute("COMMIT");
            usable = true;
            return result;
        }
        catch (Http.ApiException)
        {
            session.Execute("ROLLBACK");
            usable = true;
            throw;
        }
        catch (DbException error) when (Refusal(error) is { } refusal)
        {
            throw refusal;
        }
        finally
        {
            EndRead(session, usable);
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> as one transaction and completes when it is committed. It may run more than once
    /// where it collides with another writer, so it must not change anything but the database.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<SqlSession, T> work);

    public Task WriteAsync(Action<SqlSession> work) => WriteAsync(session =>
    {
        work(session);
        return true;
    });

    public abstract void Dispose();

    /// <summary>A session in a transaction that reads one snapshot.</summary>
    protected abstract SqlSession BeginRead();

    /// <param name="session">What <see cref="BeginRead"/> gave, its transaction over.</param>
    /// <param name="usable">Whether it can be used again; otherwise it is closed.</param>
    protected abstract void EndRead(SqlSession session, bool usable);

    /// <summary>The refusal that an error of the database stands for, where the request is to blame, not the server.</summary>
    protected virtual Http.ApiException? Refusal(DbException error) => null;
}
