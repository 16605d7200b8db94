using System.Reflection;

namespace MlKit.Recommendation.Gates;

/// <summary>Finds gates and asks all of them.</summary>
public static class GateRunner
{
    /// <summary>Asks every method with <see cref="PromotionGateAttribute"/> of the given types, in the order of their names.</summary>
    /// <exception cref="ArgumentException">A marked method is not a gate; the message names it.</exception>
    public static IReadOnlyList<GateReport> Run(GateContext context, params Type[] types)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(types);
        return
        [
            .. types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
                .Select(method => (Method: method, Gate: method.GetCustomAttribute<PromotionGateAttribute>()))
                .Where(pair => pair.Gate is not null)
                .OrderBy(pair => pair.Gate!.Name, StringComparer.Ordinal)
                .Select(pair => new GateReport(pair.Gate!.Name, Bind(pair.Method)(context))),
        ];
    }

    private static Func<GateContext, GateOutcome> Bind(MethodInfo method)
    {
        try
        {
            return method.CreateDelegate<Func<GateContext, GateOutcome>>();
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException(
                $"{method.DeclaringType}.{method.Name} is marked as a gate; it must be static, take a GateContext and answer a GateOutcome", error);
        }
    }
}
