namespace MlKit.Feast;

/// <summary>
/// Typed access to a feature view that a record declares. Each use makes sure that the registry's schema is the one that
/// the program was compiled with.
/// </summary>
/// <typeparam name="T">The record, with <see cref="FeatureViewAttribute"/>.</typeparam>
/// <param name="store">The store.</param>
public sealed class FeatureView<T>(FeatureStore store)
    where T : class, IFeatureRow<T>
{
    /// <summary>The newest features of some entities; a row per row of the keys.</summary>
    /// <param name="keys">One column per join key (the generated <c>Keys</c> makes them).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="FeastException">The registry has another schema, a key is absent, or the store does not answer.</exception>
    public async Task<IReadOnlyList<T>> GetOnlineAsync(IReadOnlyList<FeatureColumn> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        RequireSchema();
        var answer = await store.GetOnlineFeaturesAsync(T.References, keys, cancellationToken: cancellationToken);
        var rows = new T[keys.Count == 0 ? 0 : keys[0].Count];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = T.Read(new FeatureRow(answer, row));
        }

        return rows;
    }

    /// <summary>The features as they were at the time of each entity row.</summary>
    /// <param name="entities">Join keys and <c>event_timestamp</c>.</param>
    /// <param name="cancellationToken">Stops between views.</param>
    /// <exception cref="FeastException">The registry has another schema, a key is absent, or files cannot be read.</exception>
    public async Task<IReadOnlyList<T>> GetHistoricalAsync(FeatureFrame entities, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entities);
        RequireSchema();
        var frame = await store.GetHistoricalFeaturesAsync(entities, T.References, fullFeatureNames: true, cancellationToken);
        var rows = new T[frame.RowCount];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = T.Read(new FeatureRow(frame, entities.Columns.Count, row));
        }

        return rows;
    }

    /// <summary>Writes rows to the online store; older rows than the stored ones are skipped.</summary>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="FeastException">The registry has another schema, or the store does not answer.</exception>
    public Task<int> WriteOnlineAsync(IReadOnlyList<T> rows, CancellationToken cancellationToken = default)
    {
        RequireSchema();
        return store.WriteOnlineAsync(T.View.Name, T.ToFrame(rows), cancellationToken);
    }

    /// <summary>Writes rows to the view's files.</summary>
    /// <exception cref="FeastException">The registry has another schema, or files cannot be written.</exception>
    public Task WriteOfflineAsync(IReadOnlyList<T> rows, bool append = true, CancellationToken cancellationToken = default)
    {
        RequireSchema();
        return store.WriteOfflineAsync(T.View.Name, T.ToFrame(rows), append, cancellationToken);
    }

    private void RequireSchema() => store.RequireSchema(T.View.Name, T.SchemaHash);
}
