using Proto = MlKit.Feast.Protos.Core;

namespace MlKit.Feast;

/// <content>Taking things away again; other projects of the same registry and Redis never notice.</content>
public sealed partial class FeatureStore
{
    /// <summary>Removes a view's rows from the online store; its definition and its files stay.</summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="FeastException">The view is unknown, or the store does not answer.</exception>
    public Task<long> DeleteOnlineAsync(string view, CancellationToken cancellationToken = default) =>
        _online.Value.DeleteViewAsync(Catalog.View(view), cancellationToken);

    /// <summary>Removes a view: its rows from the online store, then its definition from the registry. Its files stay.</summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="FeastException">
    /// The view is unknown, a feature service still names it, the store does not answer, or the registry cannot be written.
    /// </exception>
    public async Task<long> DeleteViewAsync(string view, CancellationToken cancellationToken = default)
    {
        RefuseIfUsed(Catalog.Services, view);
        var rows = await DeleteOnlineAsync(view, cancellationToken);
        await Registry.UpdateAsync(
            registry =>
            {
                RefuseIfUsed(registry.FeatureServices.Where(service => service.Spec.Project == Project), view);
                return Remove(registry.FeatureViews, item => item.Spec.Project == Project && item.Spec.Name == view)
                    | Remove(registry.StreamFeatureViews, item => item.Spec.Project == Project && item.Spec.Name == view);
            },
            cancellationToken);
        return rows;
    }

    /// <summary>Removes all rows of this project's views from the online store; definitions and files stay.</summary>
    /// <param name="cancellationToken">Stops between pipelines.</param>
    /// <returns>How many entities had rows.</returns>
    /// <exception cref="FeastException">The registry cannot be read, or the store does not answer.</exception>
    public async Task<long> TeardownOnlineAsync(CancellationToken cancellationToken = default)
    {
        var entities = 0L;
        foreach (var joinKeys in Catalog.Views.Select(view => view.JoinKeys.Select(key => key.Name).ToList()).DistinctBy(keys => string.Join('\0', keys)))
        {
            entities += await _online.Value.DeleteEntitiesAsync(joinKeys, cancellationToken);
        }

        return entities;
    }

    private static void RefuseIfUsed(IEnumerable<Proto.FeatureService> services, string view)
    {
        var users = services.Where(service => service.Spec.Features.Any(projection => projection.FeatureViewName == view))
            .Select(service => service.Spec.Name).ToList();
        if (users.Count > 0)
        {
            throw new FeastException($"feature view '{view}' is part of the feature services {string.Join(", ", users)}; change or remove them first");
        }
    }

    private static bool Remove<T>(Google.Protobuf.Collections.RepeatedField<T> list, Func<T, bool> isIt)
    {
        var found = list.FirstOrDefault(isIt);
        return found is not null && list.Remove(found);
    }
}
